package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What people are told about a rule: offline by {@code lint --explain}, in the reference, and in formats that describe their
 * rules. The examples are held against the rule by a test.
 *
 * @param id its name in kebab-case, as printed after a finding
 * @param severity how bad its findings are; a rule may find lesser things too
 * @param summary what breaks it, in one sentence
 * @param why what would happen at night, or where the fact comes from
 * @param bad a part of a runbook that breaks this rule and no other
 * @param good the same, as it should be
 * @param reach how much of a runbook has to be read before it can be believed
 * @param switchable whether an author who knows better may switch its errors off by a comment; false where a run could do
 *     nothing sensible with what is wrong, or a question could change something
 */
public record About(
        String id,
        Diagnostic.Severity severity,
        String summary,
        String why,
        Example bad,
        Example good,
        Reach reach,
        boolean switchable) {
    /** A rule whose findings stop a run. */
    public static About error(String id, String summary) {
        return of(id, Diagnostic.Severity.ERROR, summary);
    }

    /** A rule whose findings will probably hurt. */
    public static About warning(String id, String summary) {
        return of(id, Diagnostic.Severity.WARNING, summary);
    }

    /** A rule about what could read better. */
    static About hint(String id, String summary) {
        return of(id, Diagnostic.Severity.HINT, summary);
    }

    private static About of(String id, Diagnostic.Severity severity, String summary) {
        return new About(id, severity, summary, "", Example.NONE, Example.NONE, Reach.PART, true);
    }

    /** With the reason. */
    About because(String reason) {
        return new About(id, severity, summary, reason.strip(), bad, good, reach, switchable);
    }

    /** With what breaks it. */
    About bad(String example) {
        return new About(id, severity, summary, why, new Example(example), good, reach, switchable);
    }

    /** With what to write instead. */
    About good(String example) {
        return new About(id, severity, summary, why, bad, new Example(example), reach, switchable);
    }

    /** For a rule that does not judge by a part alone. */
    About reaching(Reach wanted) {
        return new About(id, severity, summary, why, bad, good, wanted, switchable);
    }

    /** For a rule whose errors cannot be switched off: a runbook that breaks it cannot be run. */
    public About always() {
        return new About(id, severity, summary, why, bad, good, reach, false);
    }

    /** How bad it is and whether it can be switched off, in words. */
    public String standing() {
        boolean stays = severity == Diagnostic.Severity.ERROR && !switchable;
        return severity.word() + (stays ? ", cannot be switched off" : "");
    }

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

        /** A whole runbook with this part. The added lines stand after it, so that every line keeps its number. */
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
                variables.forEach(
                        variable -> whole.append("  ").append(variable).append('\n'));
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

    /** How much of a runbook has to be read before a rule can be believed: a part may be no YAML, and the rest is looked at still. */
    public enum Reach {
        /** It judges by what stands there, whatever stands elsewhere. */
        PART,
        /** It says that nothing of a name is there. Some of its findings are false when that stands in a part that was not read. */
        NAMES,
        /** It says which shells there are. */
        SHELLS,
        /** It says that nothing anywhere uses something. */
        WHOLE
    }
}
