"""The emulation board: figures with their doubt, never a text or a name."""

from flask import Blueprint

from models import Role
from webapp.auth import guard

board = Blueprint("board", __name__, url_prefix="/hoi-dong")
guard(board, Role.BOARD)

from webapp.board import views  # noqa: E402, F401
