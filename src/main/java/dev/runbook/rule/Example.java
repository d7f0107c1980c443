package dev.runbook.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a runbook that shows one thing. What has nothing to do with that is left out: the first line, variables that need
 * no explanation, and, of an example of facts, the step that asks them.
 *
 * @param text YAML
 */
public record Example(String text) {
    /** Shows nothing. */
    public static final Example NONE = new Example("");

    private static final List<String> VARIABLES = List.of(
            "primary_sql: {type: sql-server}",
            "backup_sql: {type: sql-server}",
            "log_share: {type: path}",
            "copy_dir: {type: path}",
            "pool_fqdn: {type: fqdn}",
            "chat_servers: {type: list, items: fqdn}");
    private static final String SHELL = "shell: {type: powershell, default: SkypeForBusiness}";
    private static final Pattern FACT = Pattern.compile("(?m)^  (\\w[^:#]*):");

    /** A whole runbook with this part. The added lines stand behind it, so that every line keeps its number. */
    public String runbook() {
        StringBuilder whole = new StringBuilder(text);
        if (isMissing("runbook")) {
            whole.append("runbook: example\n");
        }
        if (isMissing("steps")) {
            whole.append("steps:\n  - {step: 1, title: Look, require: [")
                    .append(String.join(", ", facts()))
                    .append("]}\n");
        }
        List<String> variables = isMissing("variables") ? variables() : List.of();
        if (!variables.isEmpty()) {
            whole.append("variables:\n");
            variables.forEach(variable -> whole.append("  ").append(variable).append('\n'));
        }
        return whole.toString();
    }

    private boolean isMissing(String key) {
        return !Pattern.compile("(?m)^" + key + ":").matcher(text).find();
    }

    private List<String> facts() {
        return FACT.matcher(text.substring(Math.max(0, text.indexOf("facts:"))))
                .results()
                .map(fact -> fact.group(1))
                .toList();
    }

    private List<String> variables() {
        List<String> used = new ArrayList<>();
        for (String variable : VARIABLES) {
            String name = variable.substring(0, variable.indexOf(':'));
            if (Pattern.compile("\\b" + name + "\\b").matcher(text).find()) {
                used.add(variable);
            }
        }
        if (text.contains("cmdlet:")) {
            used.add(SHELL);
        }
        return used;
    }
}
