"""The world in Zendesk Support's words."""
