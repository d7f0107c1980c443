package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Span;
import dev.runbook.base.Suggestion;
import dev.runbook.base.Value;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.language.Written;
import dev.runbook.template.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parameters of cmdlets that have the wrong value, are missing or do harm. */
final class CmdletParameters {
    private CmdletParameters() {}

    /** A parameter with a value that it does not take. */
    static final class ParameterValue extends Rule {
        private final CmdletReference reference;

        ParameterValue(CmdletReference reference) {
            super(About.warning("parameter-value", "A parameter of a cmdlet has a value that it does not take.")
                    .reaching(About.Reach.SHELLS)
                    .because("The shell would refuse the call at that step. A switch is true or left out, some"
                            + " parameters know a few words only, and some want a host without its instance.")
                    .bad("""
                        steps:
                          - step: 5
                            title: Mark the pool as failed over
                            cmdlet: Set-CsPersistentChatState
                            parameters: {Identity: '{{pool_fqdn}}', PoolState: FailOver}
                            retry: 2
                            rollback: {by-hand: set it back}
                        """)
                    .good("""
                        steps:
                          - step: 5
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
            return CmdletNames.CmdletUse.of(runbook)
                    .flatMap(use -> reference.find(use.cmdlet().text()).stream()
                            .flatMap(known -> findings(runbook, use, known)))
                    .toList();
        }

        private Stream<Diagnostic> findings(Runbook runbook, CmdletNames.CmdletUse use, KnownCmdlet known) {
            return use.parameters().keys().stream().flatMap(key -> {
                Written value = use.parameters().values().get(key.text());
                Optional<KnownCmdlet.KnownParameter> parameter = known.parameter(key.text());
                return parameter
                        .flatMap(of -> problem(runbook, of, value, use.module()))
                        .map(message -> finding(origin(key, value), message))
                        .stream();
            });
        }

        private static Optional<String> problem(
                Runbook runbook, KnownCmdlet.KnownParameter parameter, Written value, Optional<String> module) {
            if (value instanceof Written.Scalar scalar && scalar.text().hasTags()) {
                return parameter.type().kind() == KnownCmdlet.ParameterType.Kind.FQDN
                        ? withInstance(runbook, parameter, scalar.text())
                        : Optional.empty();
            }
            if (isNull(value)) {
                return Optional.empty();
            }
            String name = "\"" + parameter.name() + "\"";
            return switch (parameter.type().kind()) {
                case ANY -> Optional.empty();
                case TEXT -> text(name, parameter.type().words(module), value);
                case FQDN -> fqdn(name, value);
                case NUMBER -> unless(isNumber(value), name + " is a number.");
                case TRUTH -> unless(value instanceof Written.Literal, name + " is true or false, without quotes.");
                case SWITCH ->
                    unless(
                            value instanceof Written.Literal,
                            name + " is a switch: write " + parameter.name() + ": true, or leave it out.");
                case LIST -> unless(!(value instanceof Written.Fields), name + " is a list. Write [a, b].");
                case MAP -> unless(value instanceof Written.Fields, name + " is a map. Write {key: value}.");
            };
        }

        private static Optional<String> text(String name, List<String> words, Written value) {
            if (!(value instanceof Written.Scalar scalar)) {
                boolean one = words.isEmpty() && value instanceof Written.Literal;
                return unless(one, name + " is a text. Put it in quotes.");
            }
            String written = scalar.text().raw();
            boolean known = words.isEmpty() || words.stream().anyMatch(written::equalsIgnoreCase);
            return unless(
                    known,
                    name + " is one of " + String.join(", ", words) + "." + Suggestion.didYouMean(written, words));
        }

        private static Optional<String> fqdn(String name, Written value) {
            boolean plain = value instanceof Written.Scalar scalar
                    && scalar.text().raw().matches("[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+");
            return unless(plain, name + " is the full name of one computer, without instance.");
        }

        /** A server as a whole is host and instance in one. */
        private static Optional<String> withInstance(Runbook runbook, KnownCmdlet.KnownParameter parameter, Text text) {
            return Tag.in(text).stream()
                    .filter(tag -> tag.rest().isEmpty())
                    .filter(tag -> Optional.ofNullable(runbook.variables().get(tag.head()))
                            .map(Variable::type)
                            .filter(Variable.Type.SQL_SERVER::equals)
                            .isPresent())
                    .findFirst()
                    .map(tag ->
                            "\"" + parameter.name() + "\" is the full name of one computer, without instance. Write {{"
                                    + tag.head() + ".host}}.");
        }

        private static boolean isNumber(Written value) {
            return value instanceof Written.Scalar scalar && scalar.text().raw().matches("-?\\d+(\\.\\d+)?");
        }

        private static boolean isNull(Written value) {
            return value instanceof Written.Literal literal && literal.value() instanceof Value.Nothing;
        }

        private static Optional<String> unless(boolean right, String message) {
            return right ? Optional.empty() : Optional.of(message);
        }

        private static Origin origin(Name key, Written value) {
            return value instanceof Written.Scalar scalar ? scalar.text().origin() : key.origin();
        }
    }

    /** A cmdlet that asks a question which switching confirmation off does not answer. */
    static final class UnansweredQuestion extends Rule {
        private final CmdletReference reference;

        UnansweredQuestion(CmdletReference reference) {
            super(About.warning(
                            "unanswered-question", "A cmdlet asks a question that only a switch of its own answers.")
                    .reaching(About.Reach.SHELLS)
                    .because("Confirmation is off, which answers most questions. Some cmdlets ask another one"
                            + " (ShouldContinue), and without a keyboard that is an error.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Fail over the Central Management Store
                            cmdlet: Invoke-CsManagementServerFailover
                            parameters: {BackupSqlServerFqdn: '{{backup_sql.host}}', BackupSqlInstanceName: '{{backup_sql.instance}}'}
                            retry: 2
                            rollback: {by-hand: fail it back}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Fail over the Central Management Store
                            cmdlet: Invoke-CsManagementServerFailover
                            parameters:
                              BackupSqlServerFqdn: '{{backup_sql.host}}'
                              BackupSqlInstanceName: '{{backup_sql.instance}}'
                              Force: true
                            retry: 2
                            rollback: {by-hand: fail it back}
                        """));
            this.reference = reference;
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return CmdletNames.CmdletUse.of(runbook)
                    .flatMap(use -> reference.find(use.cmdlet().text()).flatMap(KnownCmdlet::asks).stream()
                            .filter(question -> question.when()
                                    .map(use::key)
                                    .map(key -> key.isPresent())
                                    .orElse(true))
                            .filter(question -> use.key(question.answer()).isEmpty())
                            .map(question -> finding(
                                    use.cmdlet().origin(),
                                    "This asks a question of its own, and nobody is there to answer. Add "
                                            + question.answer() + ": true.")))
                    .toList();
        }
    }

    /** A parameter that works, and does harm in a procedure that may be run twice. */
    static final class AvoidedParameter extends Rule {
        private static final String WHAT_IF = "WhatIf";

        private final CmdletReference reference;

        AvoidedParameter(CmdletReference reference) {
            super(About.warning("avoided-parameter", "A parameter should not stand in a runbook.")
                    .reaching(About.Reach.SHELLS)
                    .because(
                            "It works at the prompt, once. In a procedure that is retried and resumed it does harm: the"
                                    + " second run undoes the first, or does nothing at all.")
                    .bad("""
                        steps:
                          - step: 7
                            title: Let the other servers serve
                            cmdlet: Set-CsPersistentChatActiveServer
                            parameters: {Swap: true}
                            retry: 2
                            rollback: {by-hand: swap them back}
                        """)
                    .good("""
                        steps:
                          - step: 7
                            title: Let the other servers serve
                            cmdlet: Set-CsPersistentChatActiveServer
                            parameters: {ActiveServers: {Replace: '{{chat_servers}}'}}
                            retry: 2
                            rollback: {by-hand: set the former ones}
                        """));
            this.reference = reference;
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return CmdletNames.CmdletUse.of(runbook).flatMap(this::findings).toList();
        }

        private Stream<Diagnostic> findings(CmdletNames.CmdletUse use) {
            Stream<Diagnostic> avoided = reference.find(use.cmdlet().text()).map(KnownCmdlet::avoid).stream()
                    .flatMap(reasons -> reasons.entrySet().stream())
                    .flatMap(reason ->
                            use.key(reason.getKey()).stream().map(key -> finding(key.origin(), reason.getValue())));
            Stream<Diagnostic> whatIf = use.key(WHAT_IF).stream()
                    .map(key -> finding(
                            key.origin(),
                            "With WhatIf the cmdlet does nothing, and the step counts as done. Delete it."));
            return Stream.concat(avoided, whatIf);
        }
    }

    /** {@code service: x}, as Microsoft's own pages write it by mistake. */
    static final class SpaceAfterService extends Rule {
        private static final Pattern BLANK =
                Pattern.compile("^\\s*(?:service|PersistentChatServer)(?::\\w+)?:(\\s+)", Pattern.CASE_INSENSITIVE);

        SpaceAfterService() {
            super(About.warning("space-after-service", "An identity has a blank behind its colon.")
                    .because("Microsoft's pages print \"service: lyncpc.…\" with a blank, which is part of the name"
                            + " then, and there is no such pool. The documented form is"
                            + " PersistentChatServer:FQDN.")
                    .bad("""
                        steps:
                          - step: 5
                            title: Mark the pool as failed over
                            cmdlet: Set-CsPersistentChatState
                            parameters: {Identity: 'service: {{pool_fqdn}}', PoolState: FailedOver}
                            retry: 2
                            rollback: {by-hand: set it back}
                        """)
                    .good("""
                        steps:
                          - step: 5
                            title: Mark the pool as failed over
                            cmdlet: Set-CsPersistentChatState
                            parameters: {Identity: 'PersistentChatServer:{{pool_fqdn}}', PoolState: FailedOver}
                            retry: 2
                            rollback: {by-hand: set it back}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            Stream<Text> defaults = runbook.variables().values().stream()
                    .flatMap(variable -> variable.defaultValue().stream())
                    .filter(Written.Scalar.class::isInstance)
                    .flatMap(Texts::of);
            Stream<Text> parameters = CmdletNames.CmdletUse.of(runbook).flatMap(use -> Texts.of(use.parameters()));
            return Stream.concat(defaults, parameters).flatMap(this::findings).toList();
        }

        private Stream<Diagnostic> findings(Text text) {
            Matcher blank = BLANK.matcher(text.raw());
            if (!blank.find()) {
                return Stream.empty();
            }
            Span span = text.origin().span(blank.start(1), blank.end(1));
            return Stream.of(finding(
                    about().severity(), text.origin(), span, "This blank would be part of the name. Delete it."));
        }
    }

    /** A tag in a parameter that the cmdlet runs as code, where no quoting protects it. */
    static final class CodeInParameter extends Rule {
        /** Run as code whatever the cmdlet is. */
        private static final Set<String> EVERYWHERE = Set.of(
                "scriptblock",
                "initializationscript",
                "filterscript",
                "encodedcommand",
                "typedefinition",
                "memberdefinition");

        private static final Map<String, Set<String>> OF_CMDLET = Map.of(
                "invoke-expression", Set.of("command"),
                "invoke-command", Set.of("command"),
                "start-job", Set.of("command", "filepath"),
                "invoke-sqlcmd", Set.of("query", "variable"),
                "invoke-dbaquery", Set.of("query"),
                "invoke-wmimethod", Set.of("argumentlist"),
                "invoke-cimmethod", Set.of("arguments", "query"),
                "register-scheduledjob", Set.of("command", "filepath"),
                "start-process", Set.of("argumentlist", "args"));

        /** Programs that take code for an argument. */
        private static final Pattern SHELL =
                Pattern.compile("(?i).*\\b(powershell|pwsh|cmd|wscript|cscript|mshta|bash|sh|python)\\b.*");

        CodeInParameter() {
            super(About.error("code-in-parameter", "A tag stands in a parameter that is run as code.")
                    .always()
                    .because("Parameters are data. A cmdlet that runs one of them as a script, a command line or T-SQL"
                            + " makes code of the value that is filled in, and whoever sets the value decides what is"
                            + " run.")
                    .bad("""
                    steps:
                      - step: 1
                        title: Copy the folder
                        cmdlet: Invoke-Expression # runbook-lint: disable=unknown-cmdlet -- part of PowerShell
                        parameters: {Command: 'robocopy {{log_share}} D:\\copy'}
                        retry: 2
                        rollback: {not-needed: the copies do no harm}
                    """)
                    .good("""
                    steps:
                      - step: 1
                        title: Copy the log backups
                        copy-files: {from: '{{log_share}}', to: '{{copy_dir}}', include: '*.trn'}
                        retry: 2
                    """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return CmdletNames.CmdletUse.of(runbook).flatMap(this::findings).toList();
        }

        private Stream<Diagnostic> findings(CmdletNames.CmdletUse use) {
            return use.parameters().keys().stream()
                    .filter(parameter -> isCode(use, parameter))
                    .flatMap(parameter -> Texts.of(use.parameters().values().get(parameter.text()))
                            .filter(Text::hasTags)
                            .map(text -> finding(
                                    text.origin(),
                                    use.cmdlet() + " runs " + parameter
                                            + " as code, and no quoting protects a value in it. Write a"
                                            + " cmdlet that takes the value as a parameter of its own.")));
        }

        private static boolean isCode(CmdletNames.CmdletUse use, Name parameter) {
            String cmdlet = use.cmdlet().text().toLowerCase(Locale.ROOT);
            String bare = cmdlet.substring(cmdlet.lastIndexOf('\\') + 1);
            String name = parameter.text().toLowerCase(Locale.ROOT);
            boolean listed = EVERYWHERE.contains(name)
                    || OF_CMDLET.getOrDefault(bare, Set.of()).contains(name);
            return listed && (!bare.equals("start-process") || EVERYWHERE.contains(name) || startsShell(use));
        }

        private static boolean startsShell(CmdletNames.CmdletUse use) {
            return use.value("FilePath").stream()
                    .flatMap(Texts::of)
                    .anyMatch(
                            text -> text.hasTags() || SHELL.matcher(text.raw()).matches());
        }
    }
}
