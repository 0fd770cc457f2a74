/// A ``CampaignPart``.
let campaignTemplate = ##"""
    <section id="campaign" aria-labelledby="campaign-heading">
    <h2 id="campaign-heading">Campaign</h2>
    {{#.remarks}}<p class="notice">{{.}}</p>{{/.remarks}}
    {{#charts}}
    <h3>{{heading}}</h3>
    <p>{{text}}</p>
    <div class="charts">
    {{#charts}}{{> chart}}{{/charts}}
    </div>
    {{#figures}}
    <details><summary>The figures as a table</summary>
    {{> table}}
    </details>
    {{/figures}}
    {{/charts}}
    {{#.engines}}
    <h3>Engines</h3>
    {{> table}}
    {{/.engines}}
    </section>
    {{#.heatMap}}
    <section id="domain" aria-labelledby="domain-heading">
    <h2 id="domain-heading">Domain</h2>
    <p>{{text}}</p>
    {{#whole}}{{> table}}{{/whole}}
    {{#byOutcome}}
    <details><summary>{{caption}}</summary>
    {{> table}}
    </details>
    {{/byOutcome}}
    </section>
    {{/.heatMap}}

    """##
