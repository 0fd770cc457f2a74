/// The document around all parts.
let pageTemplate = ##"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
    <title>{{title}} - fuzz-multivalue</title>
    <style>
    {{> style}}
    </style>
    </head>
    <body>
    <a class="skip" href="#failures">Skip to the failures</a>
    <header>
    <p class="program">fuzz-multivalue</p>
    <h1>{{title}}</h1>
    <p class="verdict">{{verdict}}</p>
    {{#warning}}<p class="notice" role="note">{{.}}</p>{{/warning}}
    {{> facts}}
    </header>
    <nav aria-label="On this page">
    <ul>
    <li><a href="#failures">Failures</a></li>
    {{#campaign}}
    <li><a href="#campaign">Campaign</a></li>
    {{#heatMap}}<li><a href="#domain">Domain</a></li>{{/heatMap}}
    {{/campaign}}
    </ul>
    </nav>
    <main>
    <section id="failures" aria-labelledby="failures-heading">
    <h2 id="failures-heading">Failures</h2>
    {{#unreadable}}<p class="notice">Cannot be read: {{.}}</p>{{/unreadable}}
    {{#failures}}
    {{#nothing}}<p>{{.}}</p>{{/nothing}}
    {{#tables}}{{> table}}{{/tables}}
    {{#crashes}}{{> crash}}{{/crashes}}
    {{/failures}}
    </section>
    {{#campaign}}{{> campaign}}{{/campaign}}
    </main>
    </body>
    </html>

    """##
