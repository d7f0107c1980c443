package dev.runbook.site;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.SqlTarget.Login;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds variables that mean one server and give it different settings. With two logins, what a fact saw need not hold for what
 * a step does; with two addresses, one of them may be another server. Only names are compared: nothing is dialled.
 */
final class SameServers {
    private static final int USUAL_PORT = 1433;

    private final Map<String, SqlTarget> seen = new LinkedHashMap<>();
    private final List<Diagnostic> findings;

    /** Reports there. */
    SameServers(List<Diagnostic> findings) {
        this.findings = findings;
    }

    /** Compares the server of one more variable with those before it. */
    void add(String variable, SqlTarget target, Origin origin) {
        seen.entrySet().stream()
                .filter(other -> areOne(other.getValue(), target))
                .filter(other -> !differences(other.getValue(), target).isEmpty())
                .findFirst()
                .ifPresent(other -> findings.add(Diagnostic.error(
                        origin,
                        "wrong-value",
                        variable + " means the same server as " + other.getKey() + " ("
                                + other.getValue().name()
                                + "), and differs in "
                                + String.join(" and ", differences(other.getValue(), target))
                                + ". Give both the same settings, or tell the servers apart by server-name.")));
        seen.put(variable, target);
    }

    private static boolean areOne(SqlTarget one, SqlTarget other) {
        if (one.serverName().isPresent() && other.serverName().isPresent()) {
            return one.serverName().get().equalsIgnoreCase(other.serverName().get());
        }
        Called first = Called.of(one);
        Called second = Called.of(other);
        return first.isHost(second)
                && (first.instance().isPresent() && first.instance().equals(second.instance())
                        || first.port().isPresent() && first.port().equals(second.port()));
    }

    private static List<String> differences(SqlTarget one, SqlTarget other) {
        List<String> differences = new ArrayList<>();
        if (!account(one.login()).equals(account(other.login()))) {
            differences.add("who logs in");
        } else if (!one.login().equals(other.login())) {
            differences.add("the password");
        }
        if (one.encryption() != other.encryption()) {
            differences.add("encrypt");
        }
        if (one.trustServerCertificate() != other.trustServerCertificate()) {
            differences.add("trust-server-certificate");
        }
        if (!one.address().equals(other.address())) {
            differences.add("address");
        } else if (one.address().isEmpty() && !dialled(one).equals(dialled(other))) {
            differences.add("the port");
        }
        return differences;
    }

    private static List<Object> account(Login login) {
        if (login instanceof Login.Sql sql) {
            return List.of(Login.Sql.class, sql.user());
        }
        return login instanceof Login.Ntlm ntlm
                ? List.of(Login.Ntlm.class, ntlm.domain(), ntlm.user())
                : List.of(login.getClass());
    }

    /** The port, where the name itself says which one it is; a named instance is looked up when it is dialled. */
    private static OptionalInt dialled(SqlTarget target) {
        return target.port().isPresent()
                        || Called.instance(target)
                                .filter(name -> !name.isEmpty())
                                .isPresent()
                ? target.port()
                : OptionalInt.of(USUAL_PORT);
    }

    /**
     * What a server is called, in small letters.
     *
     * @param instance empty text for the default one; absent where the site names a port alone
     * @param port absent for a named instance
     */
    private record Called(String host, Optional<String> instance, OptionalInt port) {
        static Called of(SqlTarget target) {
            String name = target.serverName().orElse(target.host()).toLowerCase(Locale.ROOT);
            int backslash = name.indexOf('\\');
            String host = backslash < 0 ? name : name.substring(0, backslash);
            return new Called(host, instance(target), dialled(target));
        }

        private static Optional<String> instance(SqlTarget target) {
            Optional<String> named = target.serverName()
                    .map(name -> name.contains("\\") ? name.substring(name.indexOf('\\') + 1) : "")
                    .or(target::instance)
                    .map(name -> name.equalsIgnoreCase("MSSQLSERVER") ? "" : name.toLowerCase(Locale.ROOT));
            return target.port().isEmpty() ? named.or(() -> Optional.of("")) : named;
        }

        /** Whether it is one host; a name without its domain may be any of that name. */
        boolean isHost(Called other) {
            return Objects.equals(host, other.host) || isShort(host, other.host) || isShort(other.host, host);
        }

        private static boolean isShort(String name, String whole) {
            return !name.contains(".") && whole.startsWith(name + ".");
        }
    }
}
