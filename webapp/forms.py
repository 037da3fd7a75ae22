"""The forms of sign-in and of one's own account; what each audience fills in lives in its own `forms`."""

from typing import Any

from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from webapp.words import _, marked

REQUIRED = marked("Xin điền ô này.")
NOT_ALIKE = marked("Hai lần gõ chưa giống nhau. Xin gõ lại.")
LONGEST_CODE = 40


class _Told(Form):
    """A form that can say all its problems at the top of the page."""

    def problems(self) -> list[tuple[str, str]]:
        """Every problem with the field it stands at."""
        return [(field.id, _(field.errors[0])) for field in self if field.errors]


class SignInForm(Form):
    """Name and password."""

    username = StringField(marked("Tên đăng nhập"), [InputRequired(REQUIRED), Length(max=60)])
    password = PasswordField(marked("Mật khẩu"), [InputRequired(REQUIRED), Length(max=200)])
    next = HiddenField()


class _OnceOrTwice(_Told):
    """A new password, typed twice where no script could show it; the second box is not even sent elsewhere.

    One box that can be shown is what NIST SP 800-63B (3.1.1.2) recommends.
    """

    def __init__(self, sent: Any = None, **options: Any) -> None:
        super().__init__(sent, **options)
        if sent and "again" not in sent:
            del self.again


class InvitationForm(_OnceOrTwice):
    """A password of one's own."""

    password = PasswordField(marked("Mật khẩu mới"), [InputRequired(REQUIRED)])
    again = PasswordField(marked("Gõ lại mật khẩu"), [InputRequired(REQUIRED), EqualTo("password", NOT_ALIKE)])


class CodeForm(_Told):
    """The code that an application shows now."""

    code = StringField(marked("Mã sáu số"), [InputRequired(REQUIRED), Length(max=LONGEST_CODE)])


class RecoveryForm(_Told):
    """One of the codes that were printed."""

    code = StringField(marked("Mã dự phòng"), [InputRequired(REQUIRED), Length(max=LONGEST_CODE)])


class ProofForm(_Told):
    """The present password, asked for again before something that matters."""

    password = PasswordField(marked("Mật khẩu hiện tại"), [InputRequired(REQUIRED), Length(max=200)])


class EnrolForm(CodeForm):
    """The first code; with the present password, unless it was given just now (`proven`)."""

    password = PasswordField(marked("Mật khẩu hiện tại"), [InputRequired(REQUIRED), Length(max=200)])

    def __init__(self, *args: Any, proven: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if proven:
            del self.password


class PasswordForm(_OnceOrTwice, ProofForm):
    """Another password in place of the present one."""

    chosen = PasswordField(marked("Mật khẩu mới"), [InputRequired(REQUIRED)])
    again = PasswordField(marked("Gõ lại mật khẩu mới"), [InputRequired(REQUIRED), EqualTo("chosen", NOT_ALIKE)])
