/// Names with what there is to say, of whatever has `facts`.
let factsTemplate = ##"""
    <dl>
    {{#.facts}}
    <div><dt>{{term}}</dt><dd>{{#.address}}<a href="{{.}}">{{.}}</a>{{/.address}}{{^.address}}{{#isCode}}<code>{{text}}</code>{{/isCode}}{{^isCode}}{{text}}{{/isCode}}{{/.address}}</dd></div>
    {{/.facts}}
    </dl>

    """##
