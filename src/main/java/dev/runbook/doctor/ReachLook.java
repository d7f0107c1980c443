package dev.runbook.doctor;

import dev.runbook.base.Value;
import dev.runbook.doctor.Observation.Verdict;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Reachability;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the servers, folders and management shells of a site: which names are known, which ports answer, which folders can be
 * read, which modules open. Sends no login and no statement; calls {@code Get-Host} of each shell of this computer.
 *
 * @param site its values, without secrets
 * @param given the variables to look at
 * @param endpoints for folders and shells
 */
public record ReachLook(Site site, Set<String> given, Endpoints endpoints) {
    private static final Limits FOLDER = Limits.within(Duration.ofSeconds(20));
    private static final Limits SHELL = Limits.within(Duration.ofMinutes(2));

    /** What was seen, in the order of the variables. */
    public List<Observation> findings() {
        List<Observation> found = new ArrayList<>();
        site.variables().forEach((name, bound) -> {
            if (!given.contains(name)) {
                return;
            }
            if (bound instanceof ResolvedValue.Server server) {
                server(name, server.target(), found);
            } else if (bound instanceof ResolvedValue.Shell shell) {
                found.add(shell(name, shell.target()));
            } else if (bound instanceof ResolvedValue.Plain plain && plain.path()) {
                texts(plain.value()).forEach(path -> found.add(folder(name, path)));
            }
        });
        return found;
    }

    private static void server(String name, SqlTarget target, List<Observation> found) {
        Reachability reached = Reachability.ofServer(target);
        String words = target.name() + ", " + reached.place() + ": "
                + reached.finding().words();
        found.add(
                switch (reached.finding()) {
                    case OPEN -> Observation.ok(name, words);
                    case NO_SUCH_NAME ->
                        Observation.of(
                                Verdict.WRONG, name, words, "Write the full name, with its domain, as DNS knows it.");
                    case NO_PORT ->
                        Observation.of(
                                Verdict.WRONG,
                                name,
                                words,
                                "Start SQL Server Browser there and open UDP 1434, or write the port: HOST,PORT."
                                        + " Without it nobody can tell on the night that this server is gone.");
                    default ->
                        Observation.of(
                                Verdict.WRONG,
                                name,
                                words,
                                "Is the server up, TCP enabled, and the port open in the firewall?");
                });
        if (target.address().isEmpty() && !target.host().contains(".")) {
            found.add(Observation.of(
                    Verdict.NOTE,
                    name,
                    target.host() + " is a name without a domain",
                    "A certificate and a mirror want the full name."));
        }
        if (target.trustServerCertificate() || target.encryption() == SqlTarget.Encryption.FALSE) {
            found.add(Observation.of(
                    Verdict.NOTE,
                    name,
                    "nobody proves to be " + target.name() + ": its certificate is not checked",
                    "docs/windows.md says what that risks."));
        }
    }

    private Observation folder(String name, String path) {
        Answer answer = endpoints.files().reach(path, FOLDER);
        if (answer instanceof Answer.Failed failed) {
            return Observation.of(
                    Verdict.WRONG, name, words(failed.failure()), "Look at the share and at your rights there.");
        }
        boolean there = answer instanceof Answer.Rows rows && !rows.rows().isEmpty();
        return there
                ? Observation.ok(
                        name,
                        path
                                + (isWritable(path)
                                        ? " can be read and written to"
                                        : " is there, and cannot be written to"))
                : Observation.of(Verdict.WRONG, name, path + " is not there", "Make it, or correct the path.");
    }

    private static boolean isWritable(String path) {
        try {
            return Files.isWritable(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Observation shell(String name, ShellTarget target) {
        if (target.remote().flatMap(RemoteShell::login).isPresent()) {
            return Observation.of(
                    Verdict.UNKNOWN,
                    name,
                    target.name() + " wants a password, which is not asked for here",
                    "check opens the session, and asks its facts.");
        }
        Answer answer = endpoints.shell(target).invoke("Get-Host", Map.of(), List.of("Version"), SHELL);
        if (answer instanceof Answer.Failed failed) {
            return Observation.of(
                    Verdict.WRONG,
                    name,
                    words(failed.failure()),
                    "docs/windows.md says what the management shell needs.");
        }
        String version = answer instanceof Answer.Rows rows && !rows.rows().isEmpty()
                ? rows.rows().get(0).get("Version").map(Value::text).orElse("of an unknown version")
                : "of an unknown version";
        return Observation.ok(name, "PowerShell " + version + " opens " + target.name());
    }

    private static String words(Failure failure) {
        return Optional.of(failure.details())
                .filter(details -> !details.isEmpty())
                .map(details -> failure.message() + " (" + String.join("; ", details) + ")")
                .orElse(failure.message());
    }

    private static List<String> texts(Value value) {
        return value instanceof Value.Items list
                ? list.values().stream().map(Value::text).toList()
                : List.of(value.text());
    }
}
