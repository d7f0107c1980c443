package dev.runbook.site;

import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a site file to be filled in. */
public final class SiteTemplate {
    /** What YAML reads as the same text without quotes. */
    private static final Pattern NEEDS_NO_QUOTES =
            Pattern.compile("(?!(?:true|false|null)$)[A-Za-z0-9_][A-Za-z0-9_./-]*");

    private static final int MAX_STEPS = 8;

    private SiteTemplate() {}

    /**
     * A commented site file with every variable of these runbooks, each once: type, description, default, example. What is required
     * by one of them has a line to be completed; what may be left out is commented out, with the steps that miss it then.
     */
    public static String of(List<Runbook> runbooks) {
        String head = runbooks.stream()
                        .map(runbook -> "# Values for " + runbook.id() + ": " + runbook.title() + "\n")
                        .collect(Collectors.joining())
                + "# Complete the lines that have no value. Remove the # from others to give a value of your own.\n"
                + "# One site file serves all runbooks of a site. Put texts with \\ : # or { between single quotes.\n"
                + servers(runbooks)
                + shells(runbooks);
        Map<String, Variable> variables = new LinkedHashMap<>();
        runbooks.forEach(runbook -> runbook.variables()
                .forEach((name, variable) ->
                        variables.merge(name, variable, (one, other) -> isRequired(other) ? other : one)));
        return head
                + variables.values().stream()
                        .map(variable -> entry(variable, runbooks))
                        .collect(Collectors.joining());
    }

    private static boolean isRequired(Variable variable) {
        return variable.defaultValue().isEmpty() && !variable.optional();
    }

    private static boolean has(List<Runbook> runbooks, Variable.Type type) {
        return runbooks.stream()
                .flatMap(runbook -> runbook.variables().values().stream())
                .anyMatch(variable -> variable.type() == type);
    }

    /** The steps that miss a variable which is left out, a comment each. */
    private static String missedBy(String name, List<Runbook> runbooks) {
        StringBuilder lines = new StringBuilder();
        for (Runbook runbook : runbooks) {
            List<Step> steps = runbook.steps().stream()
                    .filter(step -> VariablesUsed.of(runbook, step).contains(name))
                    .toList();
            if (!steps.isEmpty()) {
                lines.append("# left out, these steps of ").append(runbook.id()).append(" miss it:\n");
                steps.stream()
                        .limit(MAX_STEPS)
                        .forEach(step -> lines.append("#   ")
                                .append(step.id())
                                .append("  ")
                                .append(step.title().raw().strip())
                                .append('\n'));
                if (steps.size() > MAX_STEPS) {
                    lines.append("#   and ").append(steps.size() - MAX_STEPS).append(" more\n");
                }
            }
        }
        return lines.toString();
    }

    private static String shells(List<Runbook> runbooks) {
        return has(runbooks, Variable.Type.POWERSHELL) ? """
                # A shell is the name of a module, or a map: {modules: [SkypeForBusiness], program: powershell.exe}. Where the cmdlets
                # run on another computer it has the key remote:
                #   {modules: [SkypeForBusiness], remote: {computer: HOST, user: 'DOMAIN\\NAME', password: {prompt: true}}}
                #   {remote: {connection-uri: 'https://HOST/OcsPowershell', user: 'DOMAIN\\NAME', password: {prompt: true}}}
                # Further keys of remote are authentication (kerberos, negotiate, credssp or basic), configuration and
                # trust-server-certificate (true).
                """ : "";
    }

    private static String servers(List<Runbook> runbooks) {
        return has(runbooks, Variable.Type.SQL_SERVER) ? """
                # A server is HOST, HOST\\INSTANCE or HOST,PORT, with Windows authentication and encryption. Otherwise it is a map:
                #   {server: 'HOST\\INSTANCE', authentication: sql, user: NAME, password: {prompt: true}}
                # The key authentication is windows, sql, ntlm (with domain) or kerberos. A password may also be {file: PATH},
                # {program: [PATH, ARGUMENT]} (the client of a vault) or {environment: NAME}. Further keys are encrypt (true, false or strict),
                # trust-server-certificate (true), address (HOST:PORT, where the server is dialled if that differs) and server-name (what the server calls itself).
                """ : "";
    }

    private static String entry(Variable variable, List<Runbook> runbooks) {
        String name = variable.name().text();
        StringBuilder entry = new StringBuilder("\n");
        if (!variable.description().isBlank()) {
            variable.description()
                    .strip()
                    .lines()
                    .forEach(line -> entry.append("# ").append(line.strip()).append('\n'));
        }
        entry.append("# ")
                .append(type(variable))
                .append(", ")
                .append(need(variable))
                .append('\n');
        if (variable.defaultValue().isEmpty() && variable.optional()) {
            entry.append(missedBy(name, runbooks));
        }
        if (!isRequired(variable)) {
            return entry.append("# ")
                    .append(name)
                    .append(": ")
                    .append(variable.defaultValue()
                            .filter(written -> !isFilled(written))
                            .map(SiteTemplate::yaml)
                            .orElseGet(() -> example(variable)))
                    .append('\n')
                    .toString();
        }
        return entry.append("# for example: ")
                .append(example(variable))
                .append('\n')
                .append(name)
                .append(":\n")
                .toString();
    }

    private static String type(Variable variable) {
        String most =
                variable.atMost().isPresent() ? ", at most " + variable.atMost().getAsInt() : "";
        return variable.type() == Variable.Type.LIST
                ? "list of " + variable.items().orElse(Variable.Type.TEXT).word() + most
                : variable.type().word();
    }

    private static String need(Variable variable) {
        if (variable.defaultValue().isPresent()) {
            Written written = variable.defaultValue().get();
            return isFilled(written) ? "made of other values by default: " + yaml(written) : "has a default";
        }
        return variable.optional() ? "may be left out" : "required";
    }

    /** A tag is the runbook's; in a site file it would be a text like any other. */
    private static boolean isFilled(Written written) {
        return Texts.of(written).anyMatch(Text::hasTags);
    }

    /** A value as it may look, in YAML. */
    static String example(Variable variable) {
        return variable.example().map(SiteTemplate::yaml).orElseGet(() -> switch (variable.type()) {
            case TEXT, IDENTIFIER -> "name";
            case NUMBER -> "5";
            case BOOLEAN -> "true";
            case FQDN -> "server.example.com";
            case PATH -> "'\\\\server\\share'";
            case DURATION -> "15m";
            case SECRET -> "{prompt: true}";
            case LIST -> "[one, two]";
            case SQL_SERVER -> "'server.example.com\\INSTANCE'";
            case POWERSHELL -> "SkypeForBusiness";
        });
    }

    private static String yaml(Written written) {
        if (written instanceof Written.Literal literal) {
            return literal.value().text().isEmpty() ? "null" : literal.value().text();
        }
        if (written instanceof Written.Items items) {
            return items.values().stream().map(SiteTemplate::yaml).collect(Collectors.joining(", ", "[", "]"));
        }
        if (written instanceof Written.Fields fields) {
            return fields.values().entrySet().stream()
                    .map(SiteTemplate::yaml)
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return quoted(((Written.Scalar) written).text().raw());
    }

    private static String yaml(Map.Entry<String, Written> field) {
        return quoted(field.getKey()) + ": " + yaml(field.getValue());
    }

    private static String quoted(String text) {
        return NEEDS_NO_QUOTES.matcher(text).matches()
                ? text
                : "'" + text.replace("'", "''").replace("\n", "\n\n") + "'";
    }
}
