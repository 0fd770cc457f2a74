/// A ``LineChart``.
let chartTemplate = ##"""
    <figure>
    <figcaption>{{title}}</figcaption>
    <svg viewBox="{{frame.viewBox}}" role="img" aria-labelledby="{{anchor}}-title {{anchor}}-desc">
    <title id="{{anchor}}-title">{{title}}</title>
    <desc id="{{anchor}}-desc">{{summary}}</desc>
    {{#yMarks}}
    <line class="grid" x1="{{x}}" x2="{{frame.right}}" y1="{{y}}" y2="{{y}}"/><text class="mark y" x="{{x}}" y="{{y}}" dx="-6" dy="4">{{label}}</text>
    {{/yMarks}}
    {{#xMarks}}
    <line class="tick" x1="{{x}}" x2="{{x}}" y1="{{y}}" y2="{{frame.belowPlot}}"/><text class="mark x" x="{{x}}" y="{{y}}" dy="18">{{label}}</text>
    {{/xMarks}}
    <text class="mark x" x="{{frame.middle}}" y="{{frame.label}}">{{xLabel}}</text>
    {{#lines}}
    <g class="line-{{number}}"><polyline class="line" points="{{points}}"/>{{#dots}}<circle class="dot" cx="{{x}}" cy="{{y}}" r="3"/>{{/dots}}</g>
    {{/lines}}
    </svg>
    {{#hasLegend}}
    <ul class="legend">
    {{#lines}}
    <li><svg class="swatch line-{{number}}" viewBox="0 0 32 10" aria-hidden="true"><line class="line" x1="0" x2="32" y1="5" y2="5"/><circle class="dot" cx="16" cy="5" r="3"/></svg> {{name}}</li>
    {{/lines}}
    </ul>
    {{/hasLegend}}
    </figure>

    """##
