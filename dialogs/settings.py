"""`Indstillinger`: when somebody wants to be told, and who stands in for them; on a card or in words.

> samlet hver dag
< Du får én samlet besked hver arbejdsdag kl. 8. Det, der venter på dig, får du stadig med det samme.
> jeg er på ferie til 3. januar, Grethe passer mine sager
< Så er du meldt væk til og med søndag den 3. januar. Grethe Lund får besked om dine sager imens.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from centre.settings import QUIET_UNTIL, Frequency, PersonSettings
from dialogs import stand_ins
from dialogs.cards.settings import QUIET_CHOICES, settings_card
from dialogs.settings_words import Wanted, read_settings

if TYPE_CHECKING:
    from datetime import date

    from dialogs.input import Click
    from dialogs.settings_words import SettingsCommand
    from dialogs.turn import Turn


async def heard(turn: Turn, said: str) -> bool:  # noqa: C901 - one case per thing to want
    """Do what a sentence says about one's own settings; False for any other sentence."""
    command = read_settings(said, turn.today)
    if command is None:
        return False
    settings = await _own(turn)
    match command.wanted:
        case Wanted.SHOW:
            await show(turn)
        case Wanted.FREQUENCY:
            await _keep(turn, replace(settings, frequency=command.frequency))
            turn.say(f"settings-now-{command.frequency.value.replace('_', '-')}")
        case Wanted.QUIET_HOURS:
            quiet = replace(settings, quiet_from=command.quiet_from, quiet_until=command.quiet_until)
            await _keep(turn, quiet)
            turn.say("settings-quiet", begins=_clock(command.quiet_from), ends=_clock(command.quiet_until))
        case Wanted.QUIET_WEEKENDS:
            await _keep(turn, replace(settings, quiet_weekends=True))
            turn.say("settings-weekends")
        case Wanted.ANY_HOUR:
            await _keep(turn, replace(settings, quiet_from=None, quiet_until=None, quiet_weekends=False))
            turn.say("settings-any-hour")
        case Wanted.PAUSE:
            await _pause(turn, settings, command.day)
        case Wanted.NO_PAUSE:
            await _keep(turn, replace(settings, paused_until=None))
            turn.say("settings-pause-over")
        case Wanted.AWAY:
            await _away(turn, settings, command)
        case Wanted.BACK:
            await _back(turn, settings)
    return True


async def show(turn: Turn) -> None:
    """Show what one has chosen, to be changed."""
    turn.show(settings_card(turn.texts, await _own(turn), turn.now))


async def save_clicked(turn: Turn, click: Click) -> None:
    """Take the inputs of the card; one that is not there or unknown is left as it was."""
    settings = await _own(turn)
    frequency, quiet = click.fields.get("frequency", ""), click.fields.get("quiet", "")
    if frequency in set(Frequency):
        settings = replace(settings, frequency=Frequency(frequency))
    if quiet in QUIET_CHOICES:
        begins = time(int(quiet)) if quiet.isdecimal() else None
        if begins != settings.quiet_from:
            settings = replace(settings, quiet_from=begins, quiet_until=QUIET_UNTIL if begins else None)
    if click.fields.get("weekends") in {"quiet", "told"}:
        settings = replace(settings, quiet_weekends=click.fields["weekends"] == "quiet")
    await _keep(turn, settings)
    turn.retire(settings_card(turn.texts, settings, turn.now))
    turn.say("settings-saved")


async def unpause_clicked(turn: Turn, _: Click) -> None:
    """End a pause."""
    settings = replace(await _own(turn), paused_until=None)
    await _keep(turn, settings)
    turn.retire(settings_card(turn.texts, settings, turn.now))
    turn.say("settings-pause-over")


async def back_clicked(turn: Turn, _: Click) -> None:
    """End an absence."""
    await _back(turn, await _own(turn))
    turn.retire(settings_card(turn.texts, await _own(turn), turn.now))


async def stand_in_clicked(turn: Turn, click: Click) -> None:
    """Let the one that was pressed stand in."""
    await stand_ins.chosen(turn, await _own(turn), click.fields.get("person", ""))


async def _own(turn: Turn) -> PersonSettings:
    known = await turn.work.settings.of({turn.person.id})
    return known.get(turn.person.id, PersonSettings(turn.person.id))


async def _keep(turn: Turn, settings: PersonSettings) -> None:
    await turn.work.settings.save(settings)


async def _pause(turn: Turn, settings: PersonSettings, until: date | None) -> None:
    if until is None or until <= turn.today:
        turn.say("settings-pause-until-when")
        return
    begins_again = datetime.combine(until, settings.quiet_until or QUIET_UNTIL, turn.now.tzinfo)
    await _keep(turn, replace(settings, paused_until=begins_again))
    turn.say("settings-paused", day=turn.texts.day(until), clock=_clock(begins_again.time()))


async def _away(turn: Turn, settings: PersonSettings, command: SettingsCommand) -> None:
    """Staff and leaders have a stand-in; anybody else wants peace until they are back."""
    first, last = command.first_day, command.day or settings.away_until
    absence = replace(settings, away_from=first, away_until=last, stand_in_id="", stand_in_name="")
    if last is None or last < turn.today:
        turn.say("settings-away-until-when")
    elif turn.person.staff:
        await stand_ins.colleague_away(turn, absence, command.stand_in)
    elif turn.person.leads:
        await stand_ins.leader_away(turn, absence, command.stand_in)
    elif first and first > turn.today:
        turn.say("settings-pause-when-it-begins", day=turn.texts.day(first))
    else:
        await _pause(turn, settings, last + timedelta(days=1))


async def _back(turn: Turn, settings: PersonSettings) -> None:
    back = replace(settings, away_from=None, away_until=None, stand_in_id="", stand_in_name="", paused_until=None)
    await _keep(turn, back)
    turn.say("settings-back")


def _clock(moment: time | None) -> str:
    """Word a clock time as Danes write it: 17, or 7.30."""
    if moment is None:
        return ""
    return f"{moment.hour}.{moment.minute:02d}" if moment.minute else str(moment.hour)
