// Look and behaviour of a report page: one style sheet and a few lines of script, both inside the
// page. Colours are those of Okabe & Ito; a word or a sign always stands beside a colour.
//
// Without script everything is readable; script adds only `/` for the filter and j, k between
// sections.

enum PageStyle {
  static let sheet = """
    :root{--ground:#fff;--panel:#f5f6f8;--ink:#16191d;--soft:#505861;--line:#d4d8dd;--blue:#0072b2;\
    --red:#b84a00;--green:#00775a;--amber:#8a5d00;--grid:#e3e6ea}
    @media (prefers-color-scheme:dark){:root{--ground:#14171a;--panel:#1e2226;--ink:#eceff2;\
    --soft:#aab3bc;--line:#39414a;--blue:#56b4e9;--red:#f08a4b;--green:#3fc9a0;--amber:#e6b94d;--grid:#2b3137}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,\
    "Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    main,header,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
    header{padding-top:1.5rem}
    h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}
    h2{font-size:1.2rem;margin:2.2rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--line)}
    h3{font-size:1rem;margin:1.2rem 0 .3rem}
    p{margin:.4rem 0;max-width:46rem}
    .sub{color:var(--soft)}
    .limit{border-left:4px solid var(--amber);background:var(--panel);padding:.5rem .8rem;margin:1rem 0}
    .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.8rem;margin:1rem 0}
    .card{background:var(--panel);border:1px solid var(--line);border-left:5px solid var(--soft);\
    border-radius:6px;padding:.7rem .9rem}
    .card h2{border:0;margin:0 0 .2rem;padding:0;font-size:.95rem;color:var(--soft);font-weight:600}
    .card p{margin:0;font-size:1.02rem}
    @media (min-width:60rem){.cards{grid-template-columns:repeat(6,1fr)}.card{grid-column:span 2}\
    .five .card:nth-child(n+4){grid-column:span 3}}
    .card.good{border-left-color:var(--green)}.card.mixed{border-left-color:var(--amber)}
    .card.bad{border-left-color:var(--red)}
    .scroll{overflow-x:auto;margin:.5rem 0}
    table{border-collapse:collapse;font-size:.88rem;width:100%}
    th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
    th{color:var(--soft);font-weight:600;white-space:nowrap}
    td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    table.wide{min-width:56rem}#vcrm-table{min-width:80rem}
    td ul{margin:0;padding-left:1.1rem}td:first-child{min-width:10rem}
    code{font:.85em ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
    figure{margin:.6rem 0}
    figcaption{color:var(--soft);font-size:.88rem;max-width:46rem}
    svg{max-width:100%;height:auto;display:block}
    svg text{fill:var(--ink);font:13px system-ui,"DejaVu Sans",sans-serif}
    svg .soft{fill:var(--soft)}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1rem}
    .tag{display:inline-block;border:1px solid currentColor;border-radius:3px;padding:0 .35em;\
    font-size:.82em;white-space:nowrap}
    .good>.tag,.tag.good{color:var(--green)}.tag.mixed{color:var(--amber)}.tag.bad{color:var(--red)}
    blockquote{margin:.5rem 0;padding:.4rem .9rem;border-left:3px solid var(--line);max-width:52rem}
    input{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);\
    border-radius:4px;padding:.3rem .5rem;width:100%;max-width:22rem}
    details>summary{cursor:pointer}
    footer{color:var(--soft);font-size:.88rem;padding-bottom:2rem}
    :focus-visible{outline:2px solid var(--blue);outline-offset:2px}
    @media (max-width:40rem){body{font-size:15px}main,header,footer{padding:0 .8rem}\
    header{padding-top:1rem}h1{font-size:1.3rem}.cards{grid-template-columns:1fr;gap:.5rem}\
    .card{padding:.5rem .7rem}}
    @media print{:root{--ground:#fff;--panel:#fff;--ink:#000;--soft:#333;--line:#999;--grid:#ccc}\
    body{font-size:10.5pt}main,header,footer{max-width:none;padding:0}input,.hide{display:none}\
    .scroll{overflow:visible}.card,figure,tr{break-inside:avoid}h2{break-after:avoid}}
    """

  static let script = """
    (function(){var f=document.getElementById('filter');
    function apply(){var w=f.value.toLowerCase();
    document.querySelectorAll('#vcrm-table tbody tr').forEach(function(r){
    r.hidden=w!==''&&r.textContent.toLowerCase().indexOf(w)<0})}
    if(f)f.addEventListener('input',apply);
    var s=Array.prototype.slice.call(document.querySelectorAll('section')),i=-1;
    document.addEventListener('keydown',function(e){
    if(e.target.tagName==='INPUT'){if(e.key==='Escape')e.target.blur();return}
    if(e.ctrlKey||e.metaKey||e.altKey)return;
    if(e.key==='/'&&f){e.preventDefault();f.focus()}
    else if((e.key==='j'||e.key==='k')&&s.length){
    i=Math.max(0,Math.min(s.length-1,i+(e.key==='j'?1:-1)));s[i].scrollIntoView()}})})();
    """
}
