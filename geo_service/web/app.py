"""The Flask application."""

from __future__ import annotations

from flask import Flask

import templates
from geo_service.api.views import api
from geo_service.served import binding
from geo_service.served import holder as campaign_holder
from geo_service.settings import Settings, load_settings
from geo_service.web import errors, headers
from geo_service.web.health import health
from geo_service.web.pages import pages
from geo_service.web.static_files import static_files


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application with its campaign loaded and verified.

    A campaign that is missing or damaged does not fail here: the application lives, says at ``/readyz`` what
    is wrong and answers its API with status 503.

    Parameters
    ----------
    settings
        Those of the process by default; see `geo_service.settings.load_settings`.
    """
    settings = load_settings() if settings is None else settings
    app = Flask(__name__, static_folder=None, template_folder=next(iter(templates.__path__)))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    holder = campaign_holder.CampaignHolder(settings)
    campaign_holder.install(holder, app.extensions)
    binding.install(app)
    for blueprint in (health, api, static_files, pages):
        app.register_blueprint(blueprint)
    errors.install(app)
    headers.install(app, settings)
    holder.watch()
    return app
