/// A ``CrashArticle``.
let crashTemplate = ##"""
    <article id="{{anchor}}" class="crash {{statusKind}}" aria-labelledby="{{anchor}}-heading">
    <h3 id="{{anchor}}-heading">{{title}}</h3>
    <p class="badges"><span class="badge {{statusKind}}">{{status}}</span> <span class="badge {{severityKind}}">{{severity}}</span> <code>{{folder}}</code></p>
    <p class="boundary {{boundaryKind}}">{{boundary}}</p>
    {{> facts}}
    <h4>Module</h4>
    {{#.moduleProblem}}<p class="notice">{{.}}</p>{{/.moduleProblem}}
    {{#.module}}{{> excerpt}}{{/.module}}
    <h4>To see it happen</h4>
    <pre tabindex="0" role="region" aria-label="Commands that show it">{{commands}}</pre>
    {{#.answers}}<h4>Other engines</h4>{{> table}}{{/.answers}}
    {{#.carriages}}<h4>Ways into the engine</h4>{{> table}}{{/.carriages}}
    {{#.code}}
    <h4>Compiled code</h4>
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
    </article>

    """##
