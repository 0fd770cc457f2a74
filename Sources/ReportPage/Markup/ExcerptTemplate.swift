/// An ``Excerpt``: its first lines go where all of them are opened.
let excerptTemplate = ##"""
    <pre class="head" tabindex="0" role="region" aria-label="The first lines of {{label}}">{{head}}</pre>
    {{#.whole}}
    <details><summary>{{summary}}</summary>
    <pre tabindex="0" role="region" aria-label="{{summary}}">{{text}}</pre>
    {{#.cut}}<p>{{.}}</p>{{/.cut}}
    </details>
    {{/.whole}}

    """##
