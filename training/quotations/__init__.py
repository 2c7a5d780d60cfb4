"""Training and evaluation of the quotation judge, the speaker ranker and the resolver."""
