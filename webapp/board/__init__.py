"""The emulation board: figures with their doubt, never a text or a name."""

from flask import Blueprint

from models import Role
from reports.figures import decimal, percent
from webapp.auth import guard

board = Blueprint("board", __name__, url_prefix="/hoi-dong")
guard(board, Role.BOARD)
board.add_app_template_filter(percent, "percent")
board.add_app_template_filter(decimal, "tenth")

from webapp.board import views  # noqa: E402, F401
