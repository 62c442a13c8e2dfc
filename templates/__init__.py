"""The pages: Jinja templates, beside the packages that fill them."""
