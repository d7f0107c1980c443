package dev.runbook.plan;

import dev.runbook.base.Value;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.VariablesUsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A plan in fingerprints: enough to see whether another plan is the same, and where it is not; none of its values. Of a secret
 * nothing is in it, not even a fingerprint, for a short one could be guessed from that.
 *
 * @param runbook its id
 * @param digest of the runbook's file
 * @param variables a fingerprint each, by name; of a server and a shell also of how it is reached
 * @param steps the fingerprints of a step's parts and of the facts that it asks, by its id, in order
 * @param texts digests of the texts in other languages, by their tag; no part of the hash, for they change nothing that is sent
 */
public record PlanPrint(
        String runbook,
        String digest,
        Map<String, String> variables,
        Map<String, Map<String, String>> steps,
        Map<String, String> texts) {
    /** Stands for the id of the run, which a plan cannot know. */
    public static final String RUN = "0000-00-00T00-00-00Z-plan";

    /** Stands for the run's stamp. */
    public static final String STAMP = "00000000000000";

    private static final int LENGTH = 16;

    /** Copies the maps, keeping their order. */
    public PlanPrint {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        texts = texts == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    /**
     * The print of a plan that was made with {@link #RUN} and {@link #STAMP}.
     *
     * @param plan in the runbook's own words, so that its hash is the same in every language
     * @param texts digests of its texts in other languages, by their tag
     */
    public static PlanPrint of(Plan plan, Map<String, String> texts) {
        Map<String, String> variables = new LinkedHashMap<>();
        plan.site().variables().forEach((name, bound) -> variables.put(name, print(text(bound))));
        Map<String, Map<String, String>> steps = new LinkedHashMap<>();
        Map<String, List<String>> facts = Passages.facts(plan.runbook());
        Planner.steps(plan).forEach(planned -> {
            Map<String, String> parts = parts(planned);
            VariablesUsed.facts(plan.runbook(), planned.step())
                    .forEach(fact -> parts.put("the fact \"" + fact + "\"", print(String.join("\n", facts.get(fact)))));
            steps.put(planned.step().id().text(), Collections.unmodifiableMap(parts));
        });
        return new PlanPrint(plan.runbook().id().text(), plan.digest(), variables, steps, texts);
    }

    /** One fingerprint of all of it: the same for the same plan, whenever and wherever it is made. */
    public String hash() {
        return sha256(runbook + "\n" + digest + "\n" + variables + "\n" + steps);
    }

    /** What is different in another plan, a line each; none when it is the same. */
    public List<String> differences(PlanPrint now) {
        if (!runbook.equals(now.runbook)) {
            return List.of("the runbook is " + now.runbook + ", planned was " + runbook);
        }
        List<String> lines = new ArrayList<>();
        union(variables, now.variables).stream()
                .filter(name -> !Objects.equals(variables.get(name), now.variables.get(name)))
                .forEach(name -> lines.add("variable " + name + " has another value"));
        steps.forEach((id, parts) -> step(id, parts, now.steps.get(id), lines));
        now.steps.keySet().stream()
                .filter(id -> !steps.containsKey(id))
                .forEach(id -> lines.add("step " + id + " is new"));
        if (lines.isEmpty() && !List.copyOf(steps.keySet()).equals(List.copyOf(now.steps.keySet()))) {
            lines.add("the steps come in another order");
        }
        if (lines.isEmpty() && !digest.equals(now.digest)) {
            lines.add("the runbook's file is another one, though its steps send the same: texts for people, comments"
                    + " or what nothing uses differ");
        }
        return lines;
    }

    private static void step(String id, Map<String, String> before, Map<String, String> now, List<String> lines) {
        if (now == null) {
            lines.add("step " + id + " is gone");
            return;
        }
        List<String> parts = union(before, now).stream()
                .filter(part -> !Objects.equals(before.get(part), now.get(part)))
                .toList();
        if (!parts.isEmpty()) {
            lines.add("step " + id + ": " + String.join(", ", parts));
        }
    }

    private static TreeSet<String> union(Map<String, String> one, Map<String, String> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }

    private static Map<String, String> parts(Planner.PlannedStep planned) {
        Step step = planned.step();
        Task task = step.task();
        Map<String, String> parts = new LinkedHashMap<>();
        planned.left().ifPresent(why -> parts.put("whether it applies", print(why)));
        parts.put("when", print(step.when().toString()));
        parts.put("require", print(step.require().toString()));
        parts.put("remember", print(step.remember().toString()));
        planned.confirm()
                .ifPresent(question -> parts.put(
                        "its question",
                        print(question
                                + String.join("", step.confirm().orElseThrow().terms()))));
        planned.action().ifPresent(action -> {
            parts.put("where it is sent", print(action.target()));
            parts.put("what is sent", print(action.text()));
            parts.put("for what it is sent", print(action.forEach().orElse("")));
        });
        parts.put("done-when", print(task.doneWhen() + " " + task.patience()));
        parts.put(
                "its attempts", print(text(task.retry()) + " " + task.timeout().map(Task.Period::length)));
        String back = planned.rollback().toString() + planned.wayBack().orElse("");
        parts.put("its way back", print(back));
        return parts;
    }

    /** The errors in an order that is always the same. */
    private static String text(Task.Retry retry) {
        return retry.attempts() + " " + retry.delay() + " " + retry.backoff() + " " + retry.maxDelay() + " "
                + retry.jitter() + " " + new TreeSet<>(retry.on());
    }

    private static String text(ResolvedValue bound) {
        if (bound instanceof ResolvedValue.Plain plain) {
            return plain.value() instanceof Value.Secret
                    ? "a secret"
                    : plain.value().toString();
        }
        if (bound instanceof ResolvedValue.Server server) {
            SqlTarget target = server.target();
            return target.name() + " " + target.port() + " " + login(target.login()) + " " + target.encryption() + " "
                    + target.trustServerCertificate() + " " + target.address() + " " + target.serverName();
        }
        return bound instanceof ResolvedValue.Shell shell ? shell(shell.target()) : "not given";
    }

    private static String shell(ShellTarget target) {
        String here = target.modules() + " " + target.program();
        return target.remote()
                .map(there -> here + " " + there.place() + " "
                        + there.login().map(RemoteShell.Login::user) + " " + there.authentication() + " "
                        + there.configuration() + " " + there.trustServerCertificate())
                .orElse(here);
    }

    private static String login(SqlTarget.Login login) {
        if (login instanceof SqlTarget.Login.Sql sql) {
            return "sql " + sql.user();
        }
        return login instanceof SqlTarget.Login.Ntlm ntlm ? ntlm.domain() + "\\" + ntlm.user() : login.toString();
    }

    private static String print(String text) {
        return sha256(text).substring(0, LENGTH);
    }

    /** The SHA-256 of a text, in hexadecimal digits. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
