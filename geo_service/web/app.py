"""The Flask application."""

from __future__ import annotations

from flask import Flask

import templates
from geo_service.api.views import api
from geo_service.clock import Clock, service_clock
from geo_service.served import binding
from geo_service.served import holder as campaign_holder
from geo_service.settings import Settings, load_settings
from geo_service.web import errors, frame, headers, moment
from geo_service.web.api_page import api_page
from geo_service.web.calendar import calendar
from geo_service.web.data_page import data_page
from geo_service.web.embed import embed
from geo_service.web.finder_page import finder_page
from geo_service.web.front_page import front_page
from geo_service.web.health import health
from geo_service.web.map_page import map_page
from geo_service.web.pictures import pictures
from geo_service.web.precinct_page import precinct_page
from geo_service.web.quality_page import quality_page
from geo_service.web.questions_page import questions_page
from geo_service.web.static_files import static_files
from geo_service.web.wrong_answers_page import wrong_answers_page

_BLUEPRINTS = (
    health,
    api,
    static_files,
    front_page,
    finder_page,
    map_page,
    calendar,
    pictures,
    precinct_page,
    data_page,
    questions_page,
    wrong_answers_page,
    embed,
    api_page,
    quality_page,
)


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """Return the application with its campaign loaded and verified.

    A campaign that is missing or damaged does not fail here: the application lives, says at ``/readyz`` what
    is wrong and answers its API with status 503.

    Parameters
    ----------
    settings
        Those of the process by default; see `geo_service.settings.load_settings`.
    clock
        What time it is for the pages; by default that of the settings, see `geo_service.clock`.
    """
    settings = load_settings() if settings is None else settings
    app = Flask(__name__, static_folder=None, template_folder=next(iter(templates.__path__)))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    holder = campaign_holder.CampaignHolder(settings)
    campaign_holder.install(holder, app.extensions)
    binding.install(app)
    moment.install(app, clock or service_clock(settings.rehearse_at))
    frame.install(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.install(app)
    headers.install(app, settings)
    holder.watch()
    return app
