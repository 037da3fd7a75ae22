"""The sign-in form; what each audience fills in lives in its own `forms`."""

from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from webapp.words import _, marked

REQUIRED = marked("Xin điền ô này.")


class SignInForm(Form):
    """Name and password."""

    username = StringField(marked("Tên đăng nhập"), [InputRequired(REQUIRED), Length(max=60)])
    password = PasswordField(marked("Mật khẩu"), [InputRequired(REQUIRED), Length(max=200)])
    next = HiddenField()


class InvitationForm(Form):
    """A password of one's own, typed twice: nobody can see what he types."""

    password = PasswordField(marked("Mật khẩu mới"), [InputRequired(REQUIRED)])
    again = PasswordField(
        marked("Gõ lại mật khẩu"),
        [InputRequired(REQUIRED), EqualTo("password", marked("Hai lần gõ chưa giống nhau. Xin gõ lại."))],
    )

    def problems(self) -> list[tuple[str, str]]:
        """Every problem with the field it stands at, for the summary at the top."""
        return [(field.id, _(field.errors[0])) for field in self if field.errors]
