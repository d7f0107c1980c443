package dev.runbook.site;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Value;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.SqlTarget.Login;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives every variable of a runbook its value, checks it by type, and says all that is wrong at once. */
public final class SiteBinder {
    /** Stands for every secret while the rest is checked: nobody is asked for a password in vain. */
    private static final SecretReader NOBODY = new SecretReader() {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.of("-");
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.of("-");
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.of("-");
        }

        @Override
        public Optional<String> program(List<String> words) {
            return Optional.of("-");
        }
    };

    private final SecretReader secrets;

    /** A binder that fetches secrets there. */
    public SiteBinder(SecretReader secrets) {
        this.secrets = secrets;
    }

    /** A binder that asks nobody: every secret is the same. For plans and comparisons, never for a run. */
    public static SiteBinder withoutSecrets() {
        return new SiteBinder(NOBODY);
    }

    /**
     * The site for a run. Secrets are fetched only when everything else is right.
     *
     * @param strongestFirst the values from everywhere: for each variable the first map that has it wins, then its default. A
     *     name that the runbook does not have is passed over: {@link SuppliedValue#unknown} warns of it
     * @param runId the run's name
     * @param runStamp its start in UTC, {@code yyyymmddhhmmss}
     */
    public Checked<Site> bind(
            Runbook runbook, List<Map<String, SuppliedValue>> strongestFirst, String runId, String runStamp) {
        Checked<Site> rehearsed = new VariableBinding(runbook, strongestFirst, runId, runStamp, NOBODY).bind();
        return rehearsed.hasErrors()
                ? rehearsed
                : new VariableBinding(runbook, strongestFirst, runId, runStamp, secrets).bind();
    }

    /** One binding of one runbook's variables, from the first to the last. */
    private static final class VariableBinding {
        private final Runbook runbook;
        private final List<Map<String, SuppliedValue>> strongestFirst;
        private final String runId;
        private final String runStamp;
        private final TypeChecker typing;
        private final List<Diagnostic> findings = new ArrayList<>();
        private final Map<String, ResolvedValue> bound = new LinkedHashMap<>();
        private final Set<String> failed = new HashSet<>();

        VariableBinding(
                Runbook runbook,
                List<Map<String, SuppliedValue>> strongestFirst,
                String runId,
                String runStamp,
                SecretReader secrets) {
            this.runbook = runbook;
            this.strongestFirst = strongestFirst;
            this.runId = runId;
            this.runStamp = runStamp;
            this.typing = new TypeChecker(secrets, findings);
        }

        Checked<Site> bind() {
            SameServers servers = new SameServers(findings);
            for (Variable variable : runbook.variables().values()) {
                String name = variable.name().text();
                value(variable).ifPresentOrElse(value -> bound.put(name, value), () -> failed.add(name));
                if (bound.get(name) instanceof ResolvedValue.Server server) {
                    servers.add(name, server.target(), origin(variable));
                }
            }
            Site site = new Site(bound, runId, runStamp);
            Checked<Site> checked = Checked.of(site, findings);
            return checked.hasErrors() ? Checked.failed(findings) : checked;
        }

        /** What the variable stands for; empty when that was found to be wrong. */
        private Optional<ResolvedValue> value(Variable variable) {
            Optional<SuppliedValue> given = given(variable.name().text());
            if (given.isPresent()) {
                return typing.bound(variable, given.get().node());
            }
            if (variable.defaultValue().isPresent()) {
                return byDefault(variable, variable.defaultValue().get());
            }
            if (variable.optional()) {
                return Optional.of(new ResolvedValue.Absent(variable.type() == Variable.Type.POWERSHELL));
            }
            findings.add(Diagnostic.error(variable.name().origin(), "missing-value", missing(variable)));
            return Optional.empty();
        }

        private Origin origin(Variable variable) {
            return given(variable.name().text())
                    .map(given -> given.node().origin())
                    .orElse(variable.name().origin());
        }

        private Optional<SuppliedValue> given(String name) {
            return strongestFirst.stream()
                    .filter(values -> values.containsKey(name))
                    .findFirst()
                    .map(values -> values.get(name));
        }

        private Optional<ResolvedValue> byDefault(Variable variable, Written written) {
            if (uses(written).stream().anyMatch(failed::contains)) {
                // what is wrong with the other variable has been said
                return Optional.empty();
            }
            Filled<Optional<Value>> filled = Fill.value(written, new Site(bound, runId, runStamp).scope());
            filled.problems().forEach(problem -> findings.add(problem.diagnostic("default")));
            return filled instanceof Filled.Complete<Optional<Value>> complete
                    ? complete.value()
                            .flatMap(value -> typing.bound(
                                    variable,
                                    SuppliedValue.at(variable.name().origin(), value)
                                            .node()))
                    : Optional.empty();
        }

        private static Set<String> uses(Written written) {
            return Texts.of(written)
                    .map(Text::raw)
                    .flatMap(raw -> Tag.in(raw).stream())
                    .map(Tag::head)
                    .collect(Collectors.toSet());
        }

        private static String missing(Variable variable) {
            String name = variable.name().text();
            String what = variable.description().isEmpty()
                    ? ""
                    : " It is: " + variable.description().strip() + ".";
            String example = SiteTemplate.example(variable);
            String hint = variable.type() == Variable.Type.SECRET
                    ? ""
                    : "Give --var " + name + "=… or write it into a site file";
            String secret = "Write it into a site file";
            return "The variable " + name + " is missing." + what + " " + (hint.isEmpty() ? secret : hint)
                    + ", for example: " + name + ": " + example;
        }
    }

    /** Fetches a secret from where the site says that it lies. Every answer is empty when it cannot be had. */
    public interface SecretReader {
        /** Asks the person at the terminal, who types unseen; empty when there is none. */
        Optional<String> prompt(String question);

        /** The first line of a file. */
        Optional<String> file(String path);

        /** A variable of the environment. */
        Optional<String> environment(String name);

        /**
         * The first line that a program prints.
         *
         * @param words its full path and its arguments
         */
        default Optional<String> program(List<String> words) {
            return Optional.empty();
        }
    }

    /**
     * Finds variables that mean one server and give it different settings. With two logins, what a fact saw need not hold for what
     * a step does; with two addresses, one of them may be another server. Only names are compared: nothing is dialled.
     */
    static final class SameServers {
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
                return one.serverName()
                        .get()
                        .equalsIgnoreCase(other.serverName().get());
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
}
