"""Entry for a web server: settings → create_app → app."""

from webapp import create_app
from webapp.settings import load_settings

app = create_app(load_settings())
