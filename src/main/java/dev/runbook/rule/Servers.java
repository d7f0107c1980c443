package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where facts and steps run. */
final class Servers {
    private Servers() {}

    /** {@code server}, {@code shell} or {@code reachable} with something that is not a variable of the right type. */
    static final class WrongServer extends Rule {
        private static final Set<Variable.Type> SERVER = Set.of(Variable.Type.SQL_SERVER);
        private static final Set<Variable.Type> SHELL = Set.of(Variable.Type.POWERSHELL);
        private static final Set<Variable.Type> REACHABLE = Set.of(Variable.Type.SQL_SERVER, Variable.Type.PATH);

        WrongServer() {
            super(About.error("wrong-server", "server, shell or reachable names something that is no such variable.")
                    .reaching(About.Reach.NAMES)
                    .always()
                    .because("How to log in is the business of a site, so a runbook names a variable and never a"
                            + " computer.")
                    .bad("""
                        facts:
                          mgc is online:
                            server: sqlb.litwareinc.com
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """)
                    .good("""
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            List<Diagnostic> findings = new ArrayList<>();
            Tasks.actions(runbook).forEach(action -> action(action, runbook, findings));
            runbook.facts().values().forEach(fact -> source(fact.source(), runbook, findings));
            return findings;
        }

        private void action(Task.Action action, Runbook runbook, List<Diagnostic> findings) {
            if (action instanceof Task.Action.Sql sql) {
                name(sql.server(), SERVER, runbook, findings);
            } else if (action instanceof Task.Action.Procedure procedure) {
                name(procedure.server(), SERVER, runbook, findings);
            } else if (action instanceof Task.Action.Cmdlet cmdlet) {
                cmdlet.shell().ifPresent(shell -> name(shell, SHELL, runbook, findings));
            }
        }

        private void source(Fact.Source source, Runbook runbook, List<Diagnostic> findings) {
            if (source instanceof Fact.Source.Query query) {
                name(query.server(), SERVER, runbook, findings);
            } else if (source instanceof Fact.Source.Reachable reachable) {
                name(reachable.target(), REACHABLE, runbook, findings);
            } else if (source instanceof Fact.Source.Cmdlet cmdlet) {
                cmdlet.shell().ifPresent(shell -> name(shell, SHELL, runbook, findings));
            }
        }

        private void name(Name name, Set<Variable.Type> wanted, Runbook runbook, List<Diagnostic> findings) {
            Variable variable = runbook.variables().get(name.text());
            if (name.text().isEmpty() || variable != null && wanted.contains(variable.type())) {
                return;
            }
            List<String> fitting = runbook.variables().values().stream()
                    .filter(each -> wanted.contains(each.type()))
                    .map(each -> each.name().text())
                    .toList();
            String types = String.join(
                    " or ", wanted.stream().map(Variable.Type::word).sorted().toList());
            String what = variable == null
                    ? "There is no variable \"" + name + "\"."
                    : "\"" + name + "\" is of type " + variable.type().word() + ". Here stands a variable of type "
                            + types + ".";
            findings.add(finding(name.origin(), what + advice(name.text(), fitting, types)));
        }

        private static String advice(String name, List<String> fitting, String types) {
            if (fitting.isEmpty()) {
                return " Declare one of type " + types + " under variables.";
            }
            return Suggestion.nearest(name, fitting)
                    .map(near -> " Did you mean \"" + near + "\"?")
                    .orElse(" Such are: " + String.join(", ", fitting) + ".");
        }
    }

    /** A cmdlet that names no shell, in a runbook that does not have exactly one. */
    static final class AmbiguousShell extends Rule {
        AmbiguousShell() {
            super(About.error("which-shell", "A cmdlet names no shell, and there is not exactly one.")
                    .reaching(About.Reach.SHELLS)
                    .always()
                    .because("With one powershell variable every cmdlet runs there. With two, guessing could change the"
                            + " wrong pool.")
                    .bad("""
                        variables:
                          lync: {type: powershell, default: Lync}
                          skype: {type: powershell, default: SkypeForBusiness}
                        facts:
                          Persistent Chat servers of Lync:
                            cmdlet: Get-CsService
                            shell: lync
                            parameters: {PersistentChatServer: true}
                          Persistent Chat servers of Skype:
                            cmdlet: Get-CsService
                            parameters: {PersistentChatServer: true}
                        """)
                    .good("""
                        variables:
                          lync: {type: powershell, default: Lync}
                          skype: {type: powershell, default: SkypeForBusiness}
                        facts:
                          Persistent Chat servers of Lync:
                            cmdlet: Get-CsService
                            shell: lync
                            parameters: {PersistentChatServer: true}
                          Persistent Chat servers of Skype:
                            cmdlet: Get-CsService
                            shell: skype
                            parameters: {PersistentChatServer: true}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            List<String> shells = runbook.variables().values().stream()
                    .filter(variable -> variable.type() == Variable.Type.POWERSHELL)
                    .map(variable -> variable.name().text())
                    .toList();
            if (shells.size() == 1) {
                return List.of();
            }
            String message = shells.isEmpty()
                    ? "There is no shell to run this in. Declare a variable of type powershell."
                    : "There is more than one shell. Add shell: " + String.join(" or ", shells) + ".";
            return withoutShell(runbook)
                    .map(cmdlet -> finding(cmdlet.origin(), message))
                    .toList();
        }

        private static Stream<Name> withoutShell(Runbook runbook) {
            Stream<Name> actions = Tasks.actions(runbook)
                    .filter(Task.Action.Cmdlet.class::isInstance)
                    .map(Task.Action.Cmdlet.class::cast)
                    .flatMap(cmdlet -> unless(cmdlet.shell(), cmdlet.cmdlet()));
            Stream<Name> facts = runbook.facts().values().stream()
                    .map(fact -> fact.source())
                    .filter(Fact.Source.Cmdlet.class::isInstance)
                    .map(Fact.Source.Cmdlet.class::cast)
                    .flatMap(cmdlet -> unless(cmdlet.shell(), cmdlet.cmdlet()));
            return Stream.concat(actions, facts);
        }

        private static Stream<Name> unless(Optional<Name> shell, Name cmdlet) {
            return shell.isPresent() ? Stream.empty() : Stream.of(cmdlet);
        }
    }
}
