package dev.runbook.language;

import dev.runbook.base.Harmless;
import dev.runbook.yaml.Node;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Builds actions, how often they are tried, and how to see that they are done. */
final class TaskBuilder {
    private static final String PART = "(?:[\\p{L}_#@][\\p{L}\\p{N}_#@$]*|\\[[^\\]]+\\])";
    private static final Pattern PROCEDURE = Pattern.compile(PART + "(?:\\." + PART + "){0,2}");
    private static final Pattern CMDLET = Pattern.compile("(?:[A-Za-z0-9_.]+\\\\)?[A-Za-z]+-[A-Za-z0-9]+");

    private static final Pattern PARAMETER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_#$@]*");

    private final Reading reading;
    private final ConditionReader conditions;

    TaskBuilder(Reading reading) {
        this.reading = reading;
        this.conditions = new ConditionReader(reading);
    }

    Task build(Node.Mapping map) {
        return new Task(
                action(map),
                reading.name(map, "for-each"),
                new AdviceReader(reading).harmless(map),
                conditions.read(map, "done-when"),
                reading.period(map, "within"),
                retry(map),
                reading.period(map, "timeout"),
                reading.text(map, "unsafe-to-cut-off"));
    }

    /** The parameters of a procedure or cmdlet. */
    Written.Fields parameters(Node.Mapping map) {
        for (Node.Mapping.Entry entry : reading.entries(map, "parameters")) {
            String name = entry.key().value();
            if (!name.startsWith("@") && !PARAMETER.matcher(name).matches()) {
                reading.error(
                        entry.key().origin(),
                        "wrong-value",
                        "The name of a parameter is one word of letters, digits and _. Found \"" + Harmless.line(name)
                                + "\".");
            }
        }
        return reading.map(map, "parameters").map(WrittenReader::fields).orElse(Written.Fields.NONE);
    }

    private Optional<Task.Action> action(Node.Mapping map) {
        if (map.get("sql").isPresent()) {
            return Optional.of(new Task.Action.Sql(name(map, "server"), text(map, "sql")));
        }
        if (map.get("procedure").isPresent()) {
            Name procedure =
                    checked(map, "procedure", PROCEDURE, "a name of up to three parts, such as msdb.dbo.sp_update_job");
            refuseAtSigns(map);
            return Optional.of(new Task.Action.Procedure(name(map, "server"), procedure, parameters(map)));
        }
        if (map.get("cmdlet").isPresent()) {
            Name cmdlet =
                    checked(map, "cmdlet", CMDLET, "a verb, a hyphen and a noun, such as Set-CsPersistentChatState");
            return Optional.of(new Task.Action.Cmdlet(cmdlet, parameters(map), reading.name(map, "shell")));
        }
        return reading.map(map, "copy-files").map(this::copy);
    }

    private Task.Action copy(Node.Mapping map) {
        Text include = text(map, "include");
        if (include.raw().replaceAll("\\{\\{[^}]*}}", "").matches("(?s).*[/\\\\].*")) {
            reading.error(
                    include.origin(),
                    "wrong-value",
                    "\"include\" is a pattern of names, and a folder is in it. Write the folder into \"from\".");
        }
        return new Task.Action.CopyFiles(
                text(map, "from"), text(map, "to"), include, reading.truth(map, "may-be-empty"));
    }

    private void refuseAtSigns(Node.Mapping map) {
        for (Node.Mapping.Entry entry : reading.entries(map, "parameters")) {
            String name = entry.key().value();
            if (name.startsWith("@")) {
                reading.error(
                        entry.key().origin(), "wrong-value", "Write parameters without @: " + name.substring(1) + ".");
            }
        }
    }

    private Name checked(Node.Mapping map, String key, Pattern pattern, String wanted) {
        Name name = name(map, key);
        if (!name.text().isEmpty() && !pattern.matcher(name.text()).matches()) {
            reading.error(
                    name.origin(), "wrong-value", "\"" + key + "\" must be " + wanted + ". Found \"" + name + "\".");
        }
        return name;
    }

    private Task.Retry retry(Node.Mapping map) {
        Optional<Integer> times = reading.number(map, "retry").map(Double::intValue);
        if (times.isPresent()) {
            return Task.Retry.times(Math.max(1, times.get()));
        }
        ErrorCodes codes = new ErrorCodes(reading, map);
        return reading.map(map, "retry").map(policy -> policy(policy, codes)).orElse(Task.Retry.ONCE);
    }

    private Task.Retry policy(Node.Mapping map, ErrorCodes codes) {
        Set<String> on = new HashSet<>();
        for (var node : reading.items(map, "on")) {
            if (node instanceof Node.Scalar scalar) {
                codes.checkRetried(scalar);
                on.add(scalar.value());
            }
        }
        return new Task.Retry(
                Math.max(1, reading.number(map, "attempts").orElse(1.0).intValue()),
                reading.duration(map, "delay").orElse(Task.Retry.DEFAULT_DELAY),
                reading.number(map, "backoff").orElse(Task.Retry.DEFAULT_BACKOFF),
                reading.duration(map, "max-delay").orElse(Task.Retry.DEFAULT_MAX_DELAY),
                reading.number(map, "jitter").orElse(0.0),
                on);
    }

    private Text text(Node.Mapping map, String key) {
        return reading.text(map, key).orElseGet(() -> new Text("", map.origin()));
    }

    private Name name(Node.Mapping map, String key) {
        return reading.name(map, key).orElseGet(() -> new Name("", map.origin()));
    }
}
