/** HTML bodies of the sample mailbox. The remote references are there to be blocked; their hosts do not exist. */

export const welcomeHtml = `<html><body>
<p>Liebe Marlene,</p>
<p>dies ist ein <b>Beispielpostfach</b>. Es liegt nur auf diesem Rechner, und nichts darin hat je ein Netz gesehen. Lies, suche, verschiebe, beantworte: kaputtgehen kann hier nichts.</p>
<p>Drei Dinge zum Ausprobieren:</p>
<ul>
<li>Öffne den Newsletter vom Buchladen. Sein Zählpixel wurde nicht geladen, und oben steht, was alles nicht geladen wurde.</li>
<li>Schau dir die angebliche Paketnachricht an. Wohin führt der Link wirklich?</li>
<li>Drücke <code>?</code> für alle Tastenkürzel.</li>
</ul>
<hr>
<p>Dear Marlene,</p>
<p>this is a <b>sample mailbox</b>. It lives on this computer only, and nothing in it has ever seen a network. Read, search, move, reply: you cannot break anything.</p>
<p>Three things to try:</p>
<ul>
<li>Open the bookshop’s newsletter. Its tracking pixel was not loaded, and the bar above tells you what else was not.</li>
<li>Look at the parcel notice. Where does its link really go?</li>
<li>Press <code>?</code> for all keyboard shortcuts.</li>
</ul>
</body></html>
`

const book = (title: string, author: string, words: string): string => `
<tr><td class="cover" width="86" valign="top" style="padding:14px 16px 14px 0"><img src="https://bilder.regalmeter.example.net/46/${encodeURIComponent(title)}.jpg" width="86" height="128" alt=""></td>
<td valign="top" style="padding:14px 0"><p style="margin:0;font-family:Georgia,serif;font-size:18px;color:#3b2a1e"><b>${title}</b></p>
<p style="margin:2px 0 8px;color:#8a6d55">${author}</p><p style="margin:0;color:#443a33">${words}</p></td></tr>`

export const newsletterHtml = `<html><head><style>
@import url("https://fonts.regalmeter.example.net/garamond.css");
body { background: #f6f0e6 }
.sheet { background: #fffdf8; border-radius: 6px }
@media (max-width: 480px) { .cover { display: none } }
</style></head><body bgcolor="#f6f0e6" style="margin:0;padding:24px">
<table class="sheet" width="600" align="center" cellpadding="0" cellspacing="0" background="https://bilder.regalmeter.example.net/papier.png" style="background-color:#fffdf8;padding:28px 36px">
<tr><td colspan="2" style="border-bottom:2px solid #b5562b;padding-bottom:14px">
<p style="margin:0;font-family:Georgia,serif;font-size:26px;color:#b5562b">Buchladen Regalmeter</p>
<p style="margin:4px 0 0;color:#8a6d55">Brief Nummer 46 · für lange Abende</p></td></tr>
<tr><td colspan="2" style="padding:18px 0 4px;color:#443a33">Liebe Leserin,<br>draußen wird es um fünf dunkel, drinnen liegt ein Stapel. Hier ist, was wir in diesem Monat nicht aus der Hand legen konnten.</td></tr>
${book('Die Kartenmacherin', 'Hilde Nordmann', 'Eine Frau vermisst eine Insel, die auf keiner Karte steht, und merkt erst am Ende, warum.')}
${book('Salz und Telegramme', 'Anton Reuss', 'Drei Geschwister, ein stillgelegtes Postamt und ein Brief, der vierzig Jahre zu spät kommt.')}
${book('A Short Walk Home', 'Edith Pryce', 'Auf Englisch, und jede Seite wert: ein Dorf an einem einzigen Nachmittag, aus elf Fenstern gesehen.')}
<tr><td colspan="2" style="padding:20px 0 6px"><a href="https://klick.regalmeter.example.net/c/46/8841?utm_source=brief&amp;utm_campaign=46" style="background-color:#b5562b;color:#ffffff;padding:10px 22px;text-decoration:none;border-radius:4px">Zum ganzen Tisch</a></td></tr>
<tr><td colspan="2" style="padding-top:22px;font-size:12px;color:#8a6d55">Sie bekommen diesen Brief, weil Sie ihn an der Kasse bestellt haben. <a href="https://news.regalmeter.example.net/abmelden?n=46" style="color:#8a6d55">Abbestellen</a></td></tr>
</table>
<img src="https://klick.regalmeter.example.net/open/46/8841.gif" width="1" height="1" alt="">
</body></html>
`

export const parcelHtml = `<html><body>
<table width="560" align="center" cellpadding="16" style="border:1px solid #cccccc">
<tr><td bgcolor="#ffcc00" style="font-size:20px"><b>Paketdienst</b></td></tr>
<tr><td><p>Sehr geehrter Kunde,</p>
<p>Ihre Sendung <b>DE 4711 0815</b> konnte nicht zugestellt werden, da eine Zollgebühr von <b>2,99 €</b> offen ist. Bitte begleichen Sie den Betrag innerhalb von 24 Stunden, da die Sendung sonst zurückgeht.</p>
<p><a href="http://paket-zustellung.login-sicher.example.com/de/zahlung?id=4711">https://www.paketdienst.example/sendung/47110815</a></p>
<p>Mit freundlichen Grüßen<br>Ihr Kundenservice</p></td></tr>
</table>
<img src="http://paket-zustellung.login-sicher.example.com/px.gif?m=marlene.winter" style="display:none">
</body></html>
`
