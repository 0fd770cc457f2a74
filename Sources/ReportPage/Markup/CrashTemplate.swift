/// A ``CrashArticle``: what fails, since where, in which stage, and the module; all else is opened by who wants it.
let crashTemplate = ##"""
    <article id="{{anchor}}" class="crash {{statusKind}}" aria-labelledby="{{anchor}}-heading">
    <h3 id="{{anchor}}-heading">{{title}}</h3>
    <p class="badges"><span class="badge {{statusKind}}">{{status}}</span> <span class="badge {{severityKind}}">{{severity}}</span> <code>{{folder}}</code></p>
    {{#failure}}{{> facts}}{{/failure}}
    <p class="boundary {{boundaryKind}}">{{boundary}}</p>
    {{#hypotheses}}<p class="remark">Fits {{.}}</p>{{/hypotheses}}
    {{#.stage}}<p class="stage">{{.}}</p>{{/.stage}}
    <h4>Module</h4>
    {{#.moduleProblem}}<p class="notice">{{.}}</p>{{/.moduleProblem}}
    {{#.module}}{{> excerpt}}{{/.module}}
    <h4>More</h4>
    <details><summary>To see it happen, in the folder</summary>
    <pre tabindex="0" role="region" aria-label="Commands that show it">{{commands}}</pre>
    </details>
    {{#.outcomes}}<details><summary>What each engine does</summary>{{> table}}</details>{{/.outcomes}}
    {{#.code}}
    <details><summary>{{summary}}</summary>
    <div class="pair">
    {{#listings}}
    <div>
    <h5>{{name}}</h5>
    {{#.remark}}<p class="remark">{{.}}</p>{{/.remark}}
    {{#.text}}<pre tabindex="0" role="region" aria-label="The code of {{name}}">{{.}}</pre>{{/.text}}
    </div>
    {{/listings}}
    </div>
    </details>
    {{/.code}}
    <details><summary>The engine, and where it comes from</summary>
    {{#rest}}{{> facts}}{{/rest}}
    </details>
    </article>

    """##
