/// A ``PageTable`` in a box of its own, in which a wide one is moved by mouse or keyboard.
let tableTemplate = ##"""
    <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">
    <table class="{{kind}}">
    <caption>{{caption}}</caption>
    <thead><tr>{{#columns}}<th scope="col">{{.}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{#.target}}<a href="#{{.}}">{{head}}</a>{{/.target}}{{^.target}}{{head}}{{/.target}}</th>{{#cells}}<td class="{{kind}}">{{text}}{{#.note}}<small>{{.}}</small>{{/.note}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>

    """##
