package dev.runbook.site;

import dev.runbook.base.Harmless;
import dev.runbook.base.Value;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.SqlTarget.Encryption;
import dev.runbook.endpoint.SqlTarget.Login;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which SQL Server a site has and how to log in there: {@code HOST}, {@code HOST\INSTANCE}, {@code HOST,PORT}, or a map
 * of settings.
 *
 * @param settings collects what is wrong
 * @param secrets reads passwords
 */
record ServerSettings(Settings settings, Settings.SecretSource secrets) {
    private static final List<String> KEYS = List.of(
            "server",
            "authentication",
            "user",
            "password",
            "domain",
            "encrypt",
            "trust-server-certificate",
            "address",
            "server-name");
    private static final List<String> SCHEMES = List.of("windows", "sql", "ntlm", "kerberos");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s:]+:(\\d{1,5})");

    Optional<SqlTarget> read(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return name(scalar, scalar.value()).map(name -> name.with(new Login.Windows()));
        }
        if (!(node instanceof Node.Mapping map)) {
            settings.error(node.origin(), "must be " + ServerName.FORM + ", or a map {server: …, authentication: …}.");
            return Optional.empty();
        }
        int before = settings.findings().size();
        settings.onlyKeys(map, KEYS);
        Optional<ServerName> name = settings.text(map, "server")
                .flatMap(text -> name(map.get("server").orElse(map), text));
        if (map.get("server").isEmpty()) {
            settings.error(map.origin(), "the key \"server\" is missing: " + ServerName.FORM + ".");
        }
        Optional<Login> login = login(map);
        Encryption encryption = settings.word(map, "encrypt", List.of("true", "false", "strict"))
                .map(word -> Encryption.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Encryption.TRUE);
        boolean trust = settings.truth(map, "trust-server-certificate");
        if (trust && encryption == Encryption.STRICT) {
            settings.error(
                    map.get("trust-server-certificate").orElse(map).origin(),
                    "\"trust-server-certificate\" does not go with encrypt: strict, which looks at every certificate. Leave"
                            + " it out, or write encrypt: true.");
        }
        Optional<String> address = address(map);
        Optional<String> serverName = settings.text(map, "server-name");
        if (settings.findings().size() > before) {
            return Optional.empty();
        }
        ServerName known = name.orElseThrow();
        return Optional.of(new SqlTarget(
                known.host(),
                known.instance(),
                known.port(),
                login.orElseThrow(),
                encryption,
                trust,
                address,
                serverName));
    }

    private Optional<ServerName> name(Node node, String text) {
        Optional<ServerName> name = ServerName.parse(text);
        if (name.isEmpty()) {
            settings.error(
                    node.origin(),
                    "must be " + ServerName.FORM + ". Found \"" + text + "\"." + ServerName.advice(text));
        }
        return name;
    }

    private Optional<String> address(Node.Mapping map) {
        Optional<String> address = settings.text(map, "address");
        address.filter(text -> !isAddress(text))
                .ifPresent(text -> settings.error(
                        map.get("address").orElse(map).origin(),
                        "\"address\" is where the server is dialled: host:port. Found \"" + text + "\"."));
        return address;
    }

    private static boolean isAddress(String text) {
        var matcher = ADDRESS.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) <= 65535;
    }

    /** Windows unless said, and a login of the server where a user is named. */
    private Optional<Login> login(Node.Mapping map) {
        boolean scheme = map.get("authentication").isPresent();
        String usual = map.get("user").isPresent() ? "sql" : "windows";
        Optional<String> word = scheme ? settings.word(map, "authentication", SCHEMES) : Optional.of(usual);
        return word.flatMap(authentication -> switch (authentication) {
            case "sql" -> sql(map);
            case "ntlm" -> ntlm(map);
            case "kerberos" -> withoutUser(map, authentication, new Login.Kerberos());
            default -> withoutUser(map, authentication, new Login.Windows());
        });
    }

    private Optional<Login> sql(Node.Mapping map) {
        refuse(map, List.of("domain"), "sql");
        require(map, List.of("user", "password"), "sql");
        Optional<String> user = settings.text(map, "user");
        return user.flatMap(name -> password(map, name).map(secret -> new Login.Sql(name, secret)));
    }

    private Optional<Login> ntlm(Node.Mapping map) {
        require(map, List.of("domain", "user", "password"), "ntlm");
        Optional<String> domain = settings.text(map, "domain");
        Optional<String> user = settings.text(map, "user");
        return domain.flatMap(place ->
                user.flatMap(name -> password(map, name).map(secret -> new Login.Ntlm(place, name, secret))));
    }

    private Optional<Login> withoutUser(Node.Mapping map, String authentication, Login login) {
        refuse(map, List.of("user", "password", "domain"), authentication);
        return Optional.of(login);
    }

    private void refuse(Node.Mapping map, List<String> keys, String authentication) {
        for (String key : keys) {
            map.entry(key)
                    .ifPresent(entry -> settings.error(
                            entry.key().origin(),
                            "\"" + key + "\" does not go with authentication: " + authentication
                                    + (authentication.equals("windows")
                                            ? ", which logs in as whoever runs the program."
                                            : ".")));
        }
    }

    private void require(Node.Mapping map, List<String> keys, String authentication) {
        List<String> missing = keys.stream()
                .filter(key -> map.get(key).isEmpty())
                .map(key -> "\"" + key + "\"")
                .toList();
        if (!missing.isEmpty()) {
            String names = String.join(" and ", missing);
            settings.error(map.origin(), "authentication: " + authentication + " needs " + names + ".");
        }
    }

    /** Where a password will go, for whoever is asked for it: the server, what is dialled in its place, and who proves to be it. */
    private String destination(Node.Mapping map) {
        return text(map, "server")
                + map.get("address")
                        .map(unused -> ", dialled at " + text(map, "address"))
                        .orElse("")
                + (text(map, "trust-server-certificate").equals("true") ? ", certificate not checked" : "");
    }

    private static String text(Node.Mapping map, String key) {
        return map.get(key)
                .filter(Node.Scalar.class::isInstance)
                .map(node -> Harmless.line(((Node.Scalar) node).value()))
                .orElse("");
    }

    private Optional<Value.Secret> password(Node.Mapping map, String user) {
        String what = "Password of " + user + " for " + settings.variable() + " (" + destination(map) + ")";
        return map.get("password").flatMap(node -> secrets.read(node, what));
    }

    /**
     * Who a SQL Server is.
     *
     * @param host its name in the network
     * @param instance of a named instance
     * @param port where a port is named instead
     */
    private record ServerName(String host, Optional<String> instance, OptionalInt port) {
        /** What it looks like, for messages. */
        static final String FORM = "HOST, HOST\\INSTANCE or HOST,PORT";

        private static final Pattern FORMS = Pattern.compile(
                "([\\p{L}\\p{N}][\\p{L}\\p{N}_-]*(?:\\.[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*)*)(?:\\\\([\\p{L}_][\\p{L}\\p{N}_$#]{0,15})|\\s*,\\s*(\\d{1,5}))?");

        static Optional<ServerName> parse(String text) {
            Matcher matcher = FORMS.matcher(text.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            OptionalInt port =
                    matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3)));
            boolean impossible = port.isPresent() && (port.getAsInt() == 0 || port.getAsInt() > 65535);
            return impossible
                    ? Optional.empty()
                    : Optional.of(new ServerName(matcher.group(1), Optional.ofNullable(matcher.group(2)), port));
        }

        /** What to do about some wrong ones, with a space before it. */
        static String advice(String text) {
            if (text.startsWith(".") || text.startsWith("(local)")) {
                return " Name the host: the file has to mean the same on every machine.";
            }
            if (text.contains("\\") && text.contains(",")) {
                return " Give the instance or the port, not both.";
            }
            return text.contains(":") ? " A port stands behind a comma." : "";
        }

        /** That server, with this login and everything else as usual. */
        SqlTarget with(SqlTarget.Login login) {
            return new SqlTarget(
                    host, instance, port, login, SqlTarget.Encryption.TRUE, false, Optional.empty(), Optional.empty());
        }
    }
}
