"""Service levels ticket by ticket: how many targets were missed, and whether all were met."""
