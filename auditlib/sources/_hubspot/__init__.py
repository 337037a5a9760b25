"""What HubSpot's source is made of."""
