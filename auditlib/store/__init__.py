"""The only room that talks to the database: tables, versioned rows, bulk in and out."""
