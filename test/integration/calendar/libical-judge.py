# Expands rules with libical, in UTC: a JSON line in, a JSON line out (the instants in seconds, or an error: not taken, or not done in half a second).
import json, os, signal, sys
from datetime import datetime, timedelta, timezone
import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib

form = "%Y%m%dT%H%M%S"


def expanded(case):
    start = datetime.fromisoformat(case["start"])
    limit = start + timedelta(days=case["days"])
    seconds = []
    rule = ICalGLib.Recurrence.new_from_string(case["rule"])
    found = ICalGLib.RecurIterator.new(rule, ICalGLib.Time.new_from_string(start.strftime(form) + "Z"))
    while len(seconds) < case["most"]:
        time = found.next()
        if time is None or time.is_null_time():
            break
        moment = datetime.strptime(time.as_ical_string().rstrip("Z"), form)
        if moment > limit:
            break
        seconds.append(int(moment.replace(tzinfo=timezone.utc).timestamp()))
    return seconds


def answer_all(lines, end):
    for line in lines:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
        try:
            answer = expanded(json.loads(line))
        except TypeError as error:
            answer = {"error": str(error)}
        os.write(end, (json.dumps(answer) + "\n").encode())


# It never comes back from some rules, and then no handler of Python's runs either: a child is ended by its processor time, and another goes on behind
# the rule that it was at.
lines = sys.stdin.readlines()
answers = []
while len(answers) < len(lines):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        answer_all(lines[len(answers) :], writing)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answers.extend(pipe.read().splitlines())
    os.waitpid(child, 0)
    if len(answers) < len(lines):
        answers.append(json.dumps({"error": "not done"}))
print("\n".join(answers))
