# Expands rules with python-dateutil: a JSON line in, a JSON line out (the instants in seconds, sorted, each once).
import itertools, json, sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
from dateutil.rrule import rrulestr

for line in sys.stdin:
    case = json.loads(line)
    start = datetime.fromisoformat(case["start"]).replace(tzinfo=ZoneInfo(case["zone"]))
    limit = (start + timedelta(days=case["days"])).replace(tzinfo=None)
    text = case["rule"]
    if "UNTIL" not in text and "COUNT" not in text:
        text += ";UNTIL=" + limit.strftime("%Y%m%dT%H%M%SZ")
    try:
        rule = rrulestr(text, dtstart=start)
        found = itertools.takewhile(lambda each: each.replace(tzinfo=None) <= limit, rule)
        seconds = [int(each.astimezone(timezone.utc).timestamp()) for each in itertools.islice(found, case["most"])]
        print(json.dumps(sorted(set(seconds))))
    except Exception as error:
        print(json.dumps({"error": str(error)}))
