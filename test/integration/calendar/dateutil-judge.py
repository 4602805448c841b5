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
        text += ";UNTIL=" + (limit + timedelta(days=2)).strftime("%Y%m%dT%H%M%SZ")
    try:
        # Times that no clock shows lie out of order, and fall on instants of others: sorted among as many again, each once.
        seconds = set()
        for each in itertools.islice(rrulestr(text, dtstart=start), case["most"] * 3):
            instant = each.astimezone(timezone.utc)
            if instant.astimezone(start.tzinfo).replace(tzinfo=None) <= limit:
                seconds.add(int(instant.timestamp()))
        print(json.dumps(sorted(seconds)[: case["most"]]))
    except Exception as error:
        print(json.dumps({"error": str(error)}))
