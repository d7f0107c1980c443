package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Names of cmdlets and of their parameters, by what is known of them. */
final class CmdletNames {
    private CmdletNames() {}

    /** A cmdlet that is not among those that are known, or not in the module in which it runs. */
    static final class UnknownCmdlet extends Rule {
        private static final Map<String, String> OPPOSITES = Map.ofEntries(
                Map.entry("failback", "failover"),
                Map.entry("start-", "stop-"),
                Map.entry("enable-", "disable-"),
                Map.entry("add-", "remove-"),
                Map.entry("new-", "remove-"),
                Map.entry("suspend-", "resume-"),
                Map.entry("connect-", "disconnect-"),
                Map.entry("mount-", "dismount-"),
                Map.entry("install-", "uninstall-"),
                Map.entry("lock-", "unlock-"),
                Map.entry("backup-", "restore-"),
                Map.entry("import-", "export-"),
                Map.entry("grant-", "revoke-"),
                Map.entry("publish-", "unpublish-"),
                Map.entry("register-", "unregister-"));

        private final CmdletReference reference;

        UnknownCmdlet(CmdletReference reference) {
            super(About.warning("unknown-cmdlet", "A cmdlet is not known, or is not in this product.")
                    .reaching(About.Reach.SHELLS)
                    .because("The management shell would refuse it at that step. The cmdlets of Lync Server 2013 and"
                            + " Skype for Business Server 2015 that such a procedure needs are known; lint"
                            + " --cmdlets FILE adds others.")
                    .bad("""
                        facts:
                          active servers:
                            cmdlet: Get-CsPersistentChatActiveServer
                        """)
                    .good("""
                        facts:
                          active servers:
                            cmdlet: Get-CsService
                            parameters: {PersistentChatServer: true}
                        """));
            this.reference = reference;
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return CmdletUse.of(runbook)
                    .flatMap(use ->
                            problem(use).map(message -> finding(use.cmdlet().origin(), message)).stream())
                    .toList();
        }

        /** Whether one does what the other takes back: nobody who asks for the one means the other. */
        private static boolean isOpposite(String written, String near) {
            String one = written.toLowerCase(Locale.ROOT);
            String other = near.toLowerCase(Locale.ROOT);
            return OPPOSITES.entrySet().stream()
                    .anyMatch(words -> one.contains(words.getKey()) && other.contains(words.getValue())
                            || one.contains(words.getValue()) && other.contains(words.getKey()));
        }

        private Optional<String> problem(CmdletUse use) {
            Optional<KnownCmdlet> known = reference.find(use.cmdlet().text());
            if (known.isEmpty() && !use.cmdlet().text().contains("-")) {
                // that this is no name of a cmdlet has been said
                return Optional.empty();
            }
            if (known.isEmpty()) {
                return Optional.of("The cmdlet " + use.cmdlet() + " is not known."
                        + Suggestion.nearest(use.cmdlet().text(), reference.names())
                                .filter(near -> !isOpposite(use.cmdlet().text(), near))
                                .map(near -> " Did you mean \"" + near + "\"?")
                                .orElse(" If it is right, describe it in a file for lint --cmdlets."));
            }
            Optional<String> elsewhere = use.module()
                    .filter(module -> !known.get().modules().isEmpty())
                    .filter(module -> !known.get().modules().contains(module))
                    .map(module -> "The module " + module + " has no " + use.cmdlet() + "; it is in "
                            + String.join(", ", known.get().modules()) + ".");
            return known.get().instead().or(() -> elsewhere);
        }
    }

    /** A parameter that the cmdlet does not have, or not in the module in which it runs. */
    static final class UnknownParameter extends Rule {
        private static final Set<String> COMMON = Set.of(
                "debug",
                "verbose",
                "erroraction",
                "errorvariable",
                "informationaction",
                "informationvariable",
                "outvariable",
                "outbuffer",
                "pipelinevariable",
                "warningaction",
                "warningvariable",
                "confirm",
                "whatif");

        private final CmdletReference reference;

        UnknownParameter(CmdletReference reference) {
            super(About.warning("unknown-parameter", "A cmdlet does not have a parameter.")
                    .reaching(About.Reach.SHELLS)
                    .because("The shell would refuse the call at that step. Names are compared in any case, and written"
                            + " out: a shortened name may mean something else in the next version.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Mark the pool as failed over
                            cmdlet: Set-CsPersistentChatState
                            parameters: {PoolIdentity: '{{pool_fqdn}}', PoolState: FailedOver}
                            retry: 2
                            rollback: {by-hand: set it back}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Mark the pool as failed over
                            cmdlet: Set-CsPersistentChatState
                            parameters: {Identity: '{{pool_fqdn}}', PoolState: FailedOver}
                            retry: 2
                            rollback: {by-hand: set it back}
                        """));
            this.reference = reference;
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return CmdletUse.of(runbook)
                    .flatMap(use -> reference.find(use.cmdlet().text()).stream().flatMap(known -> findings(use, known)))
                    .toList();
        }

        private Stream<Diagnostic> findings(CmdletUse use, KnownCmdlet known) {
            return known.parameters().isEmpty()
                    ? Stream.empty()
                    : use.parameters().keys().stream()
                            .filter(key -> !COMMON.contains(key.text().toLowerCase(Locale.ROOT)))
                            .flatMap(key ->
                                    problem(use, known, key).map(message -> finding(key.origin(), message)).stream());
        }

        private static Optional<String> problem(CmdletUse use, KnownCmdlet known, Name key) {
            Optional<KnownCmdlet.KnownParameter> parameter = known.parameter(key.text());
            if (parameter.isEmpty()) {
                List<String> names = known.parameters().stream()
                        .map(KnownCmdlet.KnownParameter::name)
                        .toList();
                return Optional.of(known.name() + " has no parameter \"" + key + "\"."
                        + Suggestion.nearest(key.text(), names)
                                .map(near -> " Did you mean \"" + near + "\"?")
                                .orElse(names.size() > 12 ? "" : " It has " + String.join(", ", names) + "."));
            }
            return use.module()
                    .filter(module -> !parameter.get().modules().isEmpty())
                    .filter(module -> !parameter.get().modules().contains(module))
                    .map(module ->
                            "In the module " + module + ", " + known.name() + " has no parameter \"" + key + "\".");
        }
    }

    /** A cmdlet without a parameter that it needs, and for which the shell would ask; nobody could answer. */
    static final class MissingParameter extends Rule {
        private final CmdletReference reference;

        MissingParameter(CmdletReference reference) {
            super(About.warning("missing-parameter", "A cmdlet lacks a parameter that it needs.")
                    .reaching(About.Reach.SHELLS)
                    .because(
                            "The shell runs without a keyboard: what it would ask for at the prompt is an error there.")
                    .bad("""
                        steps:
                          - step: 6
                            title: Mirror mgc
                            cmdlet: Install-CsMirrorDatabase
                            parameters: {DatabaseType: PersistentChat, SqlServerFqdn: '{{backup_sql.host}}'}
                            retry: 2
                            rollback: {not-needed: a mirror does no harm}
                        """)
                    .good("""
                        steps:
                          - step: 6
                            title: Mirror mgc
                            cmdlet: Install-CsMirrorDatabase
                            parameters: {DatabaseType: PersistentChat, SqlServerFqdn: '{{backup_sql.host}}', FileShare: '{{log_share}}'}
                            retry: 2
                            rollback: {not-needed: a mirror does no harm}
                        """));
            this.reference = reference;
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return CmdletUse.of(runbook)
                    .flatMap(use -> reference
                            .find(use.cmdlet().text())
                            .flatMap(known -> missing(use, known))
                            .map(missing -> finding(
                                    use.cmdlet().origin(),
                                    use.cmdlet() + " needs " + String.join(" and ", missing) + ". Add "
                                            + (missing.size() == 1 ? "it." : "them.")))
                            .stream())
                    .toList();
        }

        /** What is missing of the set that is nearest to being whole; of two, of the one that the reference names first. */
        private static Optional<List<String>> missing(CmdletUse use, KnownCmdlet known) {
            return known.required().stream()
                    .map(set -> set.stream()
                            .filter(parameter -> use.key(parameter).isEmpty())
                            .toList())
                    .min(Comparator.comparingInt(List::size))
                    .filter(missing -> !missing.isEmpty());
        }
    }

    /**
     * A cmdlet as a step or a fact uses it.
     *
     * @param cmdlet its name
     * @param parameters as written
     * @param module in which it runs, where the runbook's default says so
     */
    record CmdletUse(Name cmdlet, Written.Fields parameters, Optional<String> module) {
        /** All of them, the way back included. */
        static Stream<CmdletUse> of(Runbook runbook) {
            Stream<CmdletUse> actions = Tasks.actions(runbook)
                    .filter(Task.Action.Cmdlet.class::isInstance)
                    .map(Task.Action.Cmdlet.class::cast)
                    .map(used -> new CmdletUse(used.cmdlet(), used.parameters(), module(runbook, used.shell())));
            Stream<CmdletUse> facts = runbook.facts().values().stream()
                    .map(fact -> fact.source())
                    .filter(Fact.Source.Cmdlet.class::isInstance)
                    .map(Fact.Source.Cmdlet.class::cast)
                    .map(used -> new CmdletUse(used.cmdlet(), used.parameters(), module(runbook, used.shell())));
            return Stream.concat(actions, facts)
                    .filter(use -> !use.cmdlet().text().isEmpty());
        }

        /** The value of a parameter, its name in any case. */
        Optional<Written> value(String parameter) {
            return key(parameter).map(key -> parameters.values().get(key.text()));
        }

        /** The name of a parameter as written, in any case. */
        Optional<Name> key(String parameter) {
            return parameters.keys().stream()
                    .filter(key -> key.text().equalsIgnoreCase(parameter))
                    .findFirst();
        }

        private static Optional<String> module(Runbook runbook, Optional<Name> named) {
            List<Variable> shells = runbook.variables().values().stream()
                    .filter(variable -> variable.type() == Variable.Type.POWERSHELL)
                    .filter(variable -> named.isEmpty()
                            || variable.name().text().equals(named.get().text()))
                    .toList();
            return shells.size() == 1
                    ? shells.get(0)
                            .defaultValue()
                            .filter(Written.Scalar.class::isInstance)
                            .map(scalar -> ((Written.Scalar) scalar).text().raw())
                    : Optional.empty();
        }
    }
}
