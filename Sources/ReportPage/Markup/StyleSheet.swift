/// The style sheet. All colours are properties of `:root`, once for each scheme, so that a test can compute their contrast.
let styleSheet = ##"""
    :root {
      color-scheme: light dark;
      --page: #ffffff; --text: #1b1f24; --quiet: #545d68; --edge: #c9d1d9; --link: #0a58a8;
      --panel: #f6f8fa; --panel-text: #1b1f24;
      --open: #b3201a; --open-text: #ffffff; --accepted: #7a5200; --accepted-text: #ffffff;
      --fixed: #17682f; --fixed-text: #ffffff; --private: #6b1e87; --private-text: #ffffff;
      --notice: #fff3d6; --notice-text: #3d2c00;
      --heat-0: #f9d8cd; --heat-0-text: #4a1509; --heat-1: #eef5fb; --heat-1-text: #12283d;
      --heat-2: #d2e5f5; --heat-2-text: #12283d; --heat-3: #a9cfec; --heat-3-text: #0f2437;
      --heat-4: #7db5df; --heat-4-text: #0b1d2d; --heat-5: #4d96cd; --heat-5-text: #06121d;
      --line-1: #0b5cad; --line-2: #b3201a; --line-3: #17682f; --line-4: #6b1e87;
      --line-5: #8a5a00; --line-6: #00696b; --line-7: #a3195b; --line-8: #454d57;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #12161b; --text: #e3e8ee; --quiet: #a3adb8; --edge: #3b444e; --link: #7cb8f5;
        --panel: #1b2128; --panel-text: #e3e8ee;
        --open: #ff8a80; --open-text: #2a0502; --accepted: #f0c05a; --accepted-text: #291b00;
        --fixed: #7fd693; --fixed-text: #04210c; --private: #dba3f2; --private-text: #2b0839;
        --notice: #3a2e10; --notice-text: #fbe7b2;
        --heat-0: #4d2417; --heat-0-text: #fbd9cd; --heat-1: #17212c; --heat-1-text: #cfe0f0;
        --heat-2: #1a3248; --heat-2-text: #d8e8f6; --heat-3: #1d4364; --heat-3-text: #e2eefa;
        --heat-4: #1f5580; --heat-4-text: #edf5fc; --heat-5: #21679e; --heat-5-text: #ffffff;
        --line-1: #7cb8f5; --line-2: #ff8a80; --line-3: #7fd693; --line-4: #dba3f2;
        --line-5: #f0c05a; --line-6: #6fd6d2; --line-7: #ff9ac4; --line-8: #b6c0cb;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 78rem; padding: 1rem clamp(0.75rem, 3vw, 2rem) 4rem; background: var(--page); color: var(--text);
      font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    a { color: var(--link); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: 0.5rem; top: -4rem; padding: 0.5rem 1rem; background: var(--page); }
    .skip:focus { top: 0.5rem; }
    .program { margin: 0; color: var(--quiet); font-size: 0.9rem; }
    h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; }
    h2 { margin: 2.5rem 0 0.75rem; padding-bottom: 0.25rem; border-bottom: 2px solid var(--edge); font-size: 1.35rem; }
    h3 { margin: 1.75rem 0 0.5rem; font-size: 1.1rem; line-height: 1.35; }
    h4 { margin: 1.25rem 0 0.4rem; font-size: 1rem; }
    h5 { margin: 0.5rem 0; font: 600 0.9rem ui-monospace, monospace; }
    .verdict { margin: 0.5rem 0; font-size: 1.15rem; font-weight: 600; }
    .notice { padding: 0.5rem 0.75rem; border-left: 4px solid var(--notice-text); background: var(--notice); color: var(--notice-text); }
    dl { display: grid; gap: 0.3rem; margin: 0.75rem 0; }
    dl > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0.75rem; }
    dt { color: var(--quiet); }
    dd { margin: 0; }
    nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.75rem 0 0; padding: 0; list-style: none; }
    code, pre { font-family: ui-monospace, monospace; font-size: 0.875em; }
    pre { margin: 0; padding: 0.6rem 0.8rem; max-height: 32rem; overflow: auto; border: 1px solid var(--edge); border-radius: 4px;
      background: var(--panel); color: var(--panel-text); line-height: 1.45; overflow-wrap: normal; }
    pre.head:has(+ details[open]) { display: none; }
    details { margin: 0.5rem 0; }
    summary { padding: 0.2rem 0; color: var(--link); cursor: pointer; }
    .crash { margin: 1.5rem 0; padding: 0 1rem 1rem; border: 1px solid var(--edge); border-left: 6px solid var(--edge); border-radius: 4px; }
    .crash.open { border-left-color: var(--open); }
    .crash.accepted { border-left-color: var(--accepted); }
    .crash.fixed { border-left-color: var(--fixed); }
    .crash h3 { margin-top: 1rem; }
    .badges { margin: 0.4rem 0; }
    .badge { display: inline-block; padding: 0 0.6rem; border: 1px solid var(--edge); border-radius: 1rem; font-size: 0.875rem; font-weight: 600; }
    .badge.open { border-color: var(--open); background: var(--open); color: var(--open-text); }
    .badge.accepted { border-color: var(--accepted); background: var(--accepted); color: var(--accepted-text); }
    .badge.fixed { border-color: var(--fixed); background: var(--fixed); color: var(--fixed-text); }
    .badge.private { border-color: var(--private); background: var(--private); color: var(--private-text); }
    .boundary { margin: 0.75rem 0; font-size: 1.25rem; font-weight: 600; }
    .boundary.unknown { color: var(--quiet); font-size: 1rem; font-weight: 400; }
    .stage { margin: 0.5rem 0; font-weight: 600; }
    .scroll { max-width: 100%; margin: 0.75rem 0; overflow-x: auto; overflow-wrap: normal; }
    details .scroll { max-height: 32rem; overflow-y: auto; }
    table { border-collapse: collapse; min-width: min(100%, 24rem); font-size: 0.9rem; font-variant-numeric: tabular-nums; }
    caption { padding: 0.25rem 0; color: var(--quiet); text-align: left; }
    th, td { padding: 0.3rem 0.6rem; border: 1px solid var(--edge); text-align: left; vertical-align: top; }
    thead th { background: var(--panel); color: var(--panel-text); }
    tbody th { font-weight: 500; }
    td.number { text-align: right; }
    td.wide { min-width: 16rem; }
    td.open { color: var(--open); font-weight: 600; }
    td.accepted { color: var(--accepted); font-weight: 600; }
    td.fixed { color: var(--fixed); font-weight: 600; }
    td.private { color: var(--private); font-weight: 600; }
    td small { display: block; font-size: 0.75rem; white-space: nowrap; }
    .overview { width: 100%; }
    .overview tbody th { min-width: 9rem; }
    .heat th { white-space: nowrap; }
    .heat tbody th { position: sticky; left: 0; background: var(--page); }
    .heat td { min-width: 4.5rem; text-align: right; line-height: 1.25; }
    .heat-none { color: var(--quiet); }
    .heat-0 { background: var(--heat-0); color: var(--heat-0-text); }
    .heat-1 { background: var(--heat-1); color: var(--heat-1-text); }
    .heat-2 { background: var(--heat-2); color: var(--heat-2-text); }
    .heat-3 { background: var(--heat-3); color: var(--heat-3-text); }
    .heat-4 { background: var(--heat-4); color: var(--heat-4-text); }
    .heat-5 { background: var(--heat-5); color: var(--heat-5-text); }
    .refused { background: var(--notice); color: var(--notice-text); }
    .charts, .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
    .pair > div { min-width: 0; }
    .remark { margin: 0.25rem 0; color: var(--quiet); font-size: 0.9rem; }
    figure { margin: 0; max-width: 40rem; }
    figcaption { font-weight: 600; font-size: 0.95rem; }
    svg { display: block; width: 100%; height: auto; }
    .grid { stroke: var(--edge); }
    .tick { stroke: var(--quiet); }
    .mark { fill: var(--quiet); font: 12px system-ui, sans-serif; }
    .mark.x { text-anchor: middle; }
    .mark.y { text-anchor: end; }
    .line { fill: none; stroke: var(--this); stroke-width: 2; stroke-linejoin: round; }
    .dot { fill: var(--this); }
    .line-1 { --this: var(--line-1); }
    .line-2 { --this: var(--line-2); stroke-dasharray: 7 3; }
    .line-3 { --this: var(--line-3); stroke-dasharray: 2 3; }
    .line-4 { --this: var(--line-4); stroke-dasharray: 9 3 2 3; }
    .line-5 { --this: var(--line-5); stroke-dasharray: 12 4; }
    .line-6 { --this: var(--line-6); stroke-dasharray: 4 2; }
    .line-7 { --this: var(--line-7); stroke-dasharray: 1 2; }
    .line-8 { --this: var(--line-8); stroke-dasharray: 6 2 1 2 1 2; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.25rem; margin: 0.25rem 0; padding: 0; list-style: none; font-size: 0.9rem; }
    .swatch { display: inline-block; width: 2rem; vertical-align: middle; }
    @media (max-width: 40rem) {
      dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
      .crash { padding: 0 0.6rem 0.75rem; }
    }
    @media print {
      nav, .skip { display: none; }
      pre, .scroll, details .scroll { max-height: none; overflow: visible; white-space: pre-wrap; }
      tr, figure { break-inside: avoid; }
    }
    """##
