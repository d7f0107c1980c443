package dev.runbook.session;

import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.SqlTarget.Login;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses to reach a server or a management shell otherwise than a run did so far, unless somebody has typed its name: another
 * program, module, address, encryption, check of the certificate or login is as powerful as another script. Passwords are no part
 * of it.
 */
final class ChangedTargets {
    private static final String NOTHING = "none";

    private ChangedTargets() {}

    /**
     * Compares the values that a run worked with so far with those that it is to be resumed with.
     *
     * @param before empty where they cannot be known: then every server and shell is a changed one
     * @param accepted names of variables whose change somebody has typed
     * @throws Refusal if another one changed, or one was accepted that is as it was
     */
    static void refuse(Optional<Site> before, Site now, Set<String> accepted) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        now.variables().forEach((name, bound) -> {
            List<String> lines = between(
                    before.flatMap(site -> site.find(name))
                            .map(ChangedTargets::ways)
                            .orElse(Map.of()),
                    ways(bound));
            if (!lines.isEmpty()) {
                changed.put(name, lines);
            }
        });
        for (String name : accepted) {
            if (!changed.containsKey(name)) {
                throw Refusal.usage(ExistingRun.ACCEPT_TARGET + " " + name + ": "
                        + (now.variables().containsKey(name)
                                ? "this variable is as it was."
                                : "there is no such variable.")
                        + " Nothing was begun.");
            }
        }
        changed.keySet().removeAll(accepted);
        if (!changed.isEmpty()) {
            throw new Refusal(ExitCode.NEEDS_ANSWER, message(changed));
        }
    }

    private static String message(Map<String, List<String>> changed) {
        return changed.entrySet().stream()
                        .map(each -> each.getKey() + " is not reached as this run did so far:\n  "
                                + String.join("\n  ", each.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\nIf that is right, add: "
                + changed.keySet().stream()
                        .map(name -> ExistingRun.ACCEPT_TARGET + " " + name)
                        .collect(Collectors.joining(" "))
                + "\nNothing was begun.";
    }

    private static List<String> between(Map<String, String> before, Map<String, String> now) {
        List<String> lines = new ArrayList<>();
        if (now.isEmpty()) {
            // it is not reached any more
            return lines;
        }
        Set<String> ways = new LinkedHashSet<>(before.keySet());
        ways.addAll(now.keySet());
        for (String way : ways) {
            String old = before.getOrDefault(way, NOTHING);
            String later = now.getOrDefault(way, NOTHING);
            if (!old.equals(later)) {
                lines.add(way + ": " + old + " -> " + later);
            }
        }
        return lines;
    }

    /** By what it is reached, in the words of a site file; nothing for what is no server and no shell. */
    private static Map<String, String> ways(ResolvedValue bound) {
        if (bound instanceof ResolvedValue.Server server) {
            return ways(server.target());
        }
        return bound instanceof ResolvedValue.Shell shell ? ways(shell.target()) : Map.of();
    }

    private static Map<String, String> ways(SqlTarget target) {
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put("server", target.name());
        target.address().ifPresent(address -> ways.put("address", address));
        ways.put("encrypt", target.encryption().name().toLowerCase(Locale.ROOT));
        ways.put("trust-server-certificate", String.valueOf(target.trustServerCertificate()));
        ways.put("authentication", login(target.login()));
        target.serverName().ifPresent(name -> ways.put("server-name", name));
        return ways;
    }

    private static String login(Login login) {
        if (login instanceof Login.Sql sql) {
            return "sql, " + sql.user();
        }
        if (login instanceof Login.Ntlm ntlm) {
            return "ntlm, " + ntlm.domain() + "\\" + ntlm.user();
        }
        return login instanceof Login.Kerberos ? "kerberos" : "windows";
    }

    private static Map<String, String> ways(ShellTarget target) {
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put("modules", String.join(", ", target.modules()));
        ways.put("program", target.program());
        target.remote().ifPresent(remote -> {
            ways.put("remote", remote.place().text());
            remote.configuration().ifPresent(name -> ways.put("configuration", name));
            ways.put("trust-server-certificate", String.valueOf(remote.trustServerCertificate()));
            remote.authentication()
                    .ifPresent(
                            scheme -> ways.put("authentication", scheme.name().toLowerCase(Locale.ROOT)));
            remote.login().map(RemoteShell.Login::user).ifPresent(user -> ways.put("user", user));
        });
        return ways;
    }
}
