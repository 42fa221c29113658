"""How good the search is: queries with the pages that answer them, and what is measured with them."""
