package dev.runbook.site;

import dev.runbook.base.Harmless;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.RemoteShell.Authentication;
import dev.runbook.endpoint.RemoteShell.Login;
import dev.runbook.endpoint.RemoteShell.Place;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.yaml.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads which management shell a site has: the name of a module, or a map of settings.
 *
 * @param settings collects what is wrong
 * @param secrets reads the password of a remote one
 */
record ShellSettings(Settings settings, Settings.SecretSource secrets) {
    /** The modules of the product are made for it. */
    private static final String PROGRAM = "powershell.exe";

    Optional<ShellTarget> read(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return target(node, List.of(scalar.value()), PROGRAM, Optional.empty());
        }
        if (!(node instanceof Node.Mapping map)) {
            settings.error(node.origin(), "must be the name of a module, or a map {modules: […], program: …}.");
            return Optional.empty();
        }
        settings.onlyKeys(map, List.of("modules", "program", "remote"));
        String program = settings.text(map, "program").orElse(PROGRAM);
        Optional<Node> remote = map.get("remote");
        if (remote.isEmpty()) {
            return target(map, modules(map), program, Optional.empty());
        }
        return new RemoteSettings(settings, secrets)
                .read(remote.get())
                .flatMap(there -> target(map, modules(map), program, Optional.of(there)));
    }

    private List<String> modules(Node.Mapping map) {
        Node modules = map.get("modules").orElse(map);
        if (modules instanceof Node.Scalar scalar) {
            return List.of(scalar.value());
        }
        return modules instanceof Node.Sequence sequence
                ? sequence.items().stream()
                        .filter(Node.Scalar.class::isInstance)
                        .map(item -> ((Node.Scalar) item).value())
                        .toList()
                : List.of();
    }

    private Optional<ShellTarget> target(
            Node node, List<String> modules, String program, Optional<RemoteShell> remote) {
        boolean ready = remote.filter(there -> there.place() instanceof RemoteShell.Place.ConnectionUri)
                .isPresent();
        if (modules.isEmpty() && !ready || modules.stream().anyMatch(String::isBlank)) {
            settings.error(node.origin(), "\"modules\" must name at least one module, such as SkypeForBusiness.");
            return Optional.empty();
        }
        return Optional.of(new ShellTarget(modules, program, remote));
    }

    /**
     * Reads on which other computer the cmdlets of a management shell run, and how to log in there.
     *
     * @param settings collects what is wrong
     * @param secrets reads the password
     */
    private record RemoteSettings(Settings settings, Settings.SecretSource secrets) {
        private static final String FORM =
                "{computer: HOST} or {connection-uri: 'https://HOST/OcsPowershell'}, and how to log in there";
        private static final List<String> KEYS = List.of(
                "computer",
                "connection-uri",
                "user",
                "password",
                "authentication",
                "configuration",
                "trust-server-certificate");
        private static final List<String> SCHEMES = List.of("kerberos", "negotiate", "credssp", "basic");
        private static final Pattern COMPUTER =
                Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*(\\.[\\p{L}\\p{N}_-]+)*");

        /** Where; empty when something is wrong, which is then among the findings. */
        Optional<RemoteShell> read(Node node) {
            if (!(node instanceof Node.Mapping map)) {
                settings.error(node.origin(), "\"remote\" must be a map: " + FORM + ".");
                return Optional.empty();
            }
            int before = settings.findings().size();
            settings.onlyKeys(map, KEYS);
            Optional<Place> place = place(map);
            Optional<Authentication> authentication = settings.word(map, "authentication", SCHEMES)
                    .map(word -> Authentication.valueOf(word.toUpperCase(Locale.ROOT)));
            Optional<String> configuration = settings.text(map, "configuration");
            boolean trust = settings.truth(map, "trust-server-certificate");
            boolean tls = place.filter(RemoteSettings::isTls).isPresent();
            place.ifPresent(known -> {
                if (trust && !tls) {
                    wrong(map, "trust-server-certificate", "goes with a connection-uri that begins with https.");
                }
                authentication.ifPresent(scheme -> fitting(map, scheme, tls));
            });
            Optional<Login> login = login(map);
            return settings.findings().size() > before
                    ? Optional.empty()
                    : place.map(known -> new RemoteShell(known, login, authentication, configuration, trust));
        }

        private Optional<Place> place(Node.Mapping map) {
            boolean computer = map.get("computer").isPresent();
            boolean uri = map.get("connection-uri").isPresent();
            if (computer && uri) {
                settings.error(
                        map.origin(), "\"computer\" and \"connection-uri\" do not go together. Write one of them.");
                return Optional.empty();
            }
            if (!computer && !uri) {
                boolean misspelt = map.entries().stream()
                        .anyMatch(entry -> !KEYS.contains(entry.key().value()));
                if (!misspelt) {
                    settings.error(map.origin(), "\"remote\" says where: " + FORM + ".");
                }
                return Optional.empty();
            }
            return computer ? settings.text(map, "computer").flatMap(name -> computer(map, name)) : uri(map);
        }

        private Optional<Place> computer(Node.Mapping map, String name) {
            if (COMPUTER.matcher(name).matches()) {
                return Optional.of(new Place.Computer(name));
            }
            wrong(map, "computer", "must be the name of a computer. Found \"" + name + "\".");
            return Optional.empty();
        }

        private Optional<Place> uri(Node.Mapping map) {
            Optional<String> text = settings.text(map, "connection-uri");
            if (text.isEmpty() || isAddress(text.get())) {
                return text.map(Place.ConnectionUri::new);
            }
            // what stands before an @ may hold a password
            String found = text.get().contains("@") ? "" : " Found \"" + text.get() + "\".";
            wrong(
                    map,
                    "connection-uri",
                    "must be an address such as https://HOST/OcsPowershell, without a user in it." + found);
            return Optional.empty();
        }

        private static boolean isAddress(String text) {
            try {
                URI uri = new URI(text);
                boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
                return web && uri.getHost() != null && uri.getUserInfo() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        private static boolean isTls(Place place) {
            return place instanceof Place.ConnectionUri uri
                    && uri.text().toLowerCase(Locale.ROOT).startsWith("https:");
        }

        private void fitting(Node.Mapping map, Authentication scheme, boolean tls) {
            if (scheme == Authentication.BASIC && !tls) {
                wrong(
                        map,
                        "authentication",
                        "cannot be basic here: it sends the password as it is, so it needs a connection-uri that begins"
                                + " with https.");
            }
            boolean hands = scheme == Authentication.BASIC || scheme == Authentication.CREDSSP;
            if (hands && map.get("user").isEmpty()) {
                wrong(
                        map,
                        "authentication",
                        scheme.name().toLowerCase(Locale.ROOT) + " needs \"user\" and \"password\".");
            }
        }

        private Optional<Login> login(Node.Mapping map) {
            boolean user = map.get("user").isPresent();
            if (user != map.get("password").isPresent()) {
                settings.error(
                        map.origin(),
                        "\"user\" and \"password\" go together. Without both, whoever runs the program logs in.");
                return Optional.empty();
            }
            return settings.text(map, "user")
                    .flatMap(name -> map.get("password")
                            .flatMap(node -> secrets.read(
                                    node,
                                    "Password of " + name + " for " + settings.variable() + " (" + destination(map)
                                            + ")"))
                            .map(secret -> new Login(name, secret)));
        }

        /** Where a password will go, for whoever is asked for it, and whether the computer there proves who it is. */
        private static String destination(Node.Mapping map) {
            String place = Stream.of("computer", "connection-uri")
                    .flatMap(key -> map.get(key).stream())
                    .filter(Node.Scalar.class::isInstance)
                    .map(node -> Harmless.line(((Node.Scalar) node).value()))
                    .findFirst()
                    .orElse("another computer");
            return place + (trusted(map) ? ", certificate not checked" : "");
        }

        private static boolean trusted(Node.Mapping map) {
            return map.get("trust-server-certificate")
                    .filter(Node.Scalar.class::isInstance)
                    .filter(node -> ((Node.Scalar) node).value().equals("true"))
                    .isPresent();
        }

        private void wrong(Node.Mapping map, String key, String message) {
            Node at = map.get(key).orElse(map);
            settings.error(at.origin(), "\"" + key + "\" " + message);
        }
    }
}
