"""What only maintainers read is not sent to readers."""

from build_scripts.site.lighten import slim_script, slim_style


def test_a_style_sheet_keeps_its_rules_and_loses_its_comments():
    """Selectors, values and texts stay; comments and the space between rules go."""
    made = slim_style('/* Why */\n.a > .b,\n.a :focus {\n  content: " (";\n  margin: 0 1px; /* more */\n}\n\n@media print {\n  p { x: y; }\n}\n')
    assert made == '.a > .b, .a :focus{content: " (";margin: 0 1px;}@media print{p{x: y;}}\n'


def test_a_script_keeps_its_lines_of_code_and_loses_its_comments():
    """A comment goes where it has its lines to itself; what stands behind code, or in a text, stays."""
    made = slim_script(
        '// @ts-check\n/** What it does.\n * @param {string} one */\nexport function f(one) {\n  // Why.\n\n'
        '  return one + "https://x" + "/* no */"; // stays\n}\n'
    )
    assert made == 'export function f(one) {\nreturn one + "https://x" + "/* no */"; // stays\n}\n'
