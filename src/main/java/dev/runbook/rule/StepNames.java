package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Variable;
import dev.runbook.template.Scope;
import dev.runbook.template.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of steps, and names that steps use. */
final class StepNames {
    private StepNames() {}

    /** Two steps of one id: the journal and the command line could not tell them apart. Case does not count. */
    static final class DuplicateStep extends Rule {
        DuplicateStep() {
            super(About.error("duplicate-step", "Two steps have one id.")
                    .always()
                    .because("The command line and the journal name steps by their id; a resume could not tell the two"
                            + " apart. Case does not count.")
                    .bad("""
                        steps:
                          - step: 1
                            title: See that data centre 1 is lost
                            confirm: Is it?
                          - step: 1
                            title: See that the share answers
                            confirm: Does it?
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: See that data centre 1 is lost
                            confirm: Is it?
                          - step: 2
                            title: See that the share answers
                            confirm: Does it?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            Map<String, Step> seen = new HashMap<>();
            List<Diagnostic> findings = new ArrayList<>();
            for (Step step : runbook.steps()) {
                String id = step.id().text();
                Step first = id.isEmpty() ? null : seen.putIfAbsent(id.toLowerCase(Locale.ROOT), step);
                if (first != null) {
                    int line = first.id().origin().position().line();
                    findings.add(finding(
                            step.id().origin(),
                            "There is a step " + first.id() + " already, on line " + line
                                    + ". Give this one another id."));
                }
            }
            return findings;
        }
    }

    /** A text that sends people to a step that there is not. */
    static final class UnknownStep extends Rule {
        /** An id that begins with a digit; a full stop after it ends the sentence. What follows "of" is another runbook's. */
        private static final Pattern STEP =
                Pattern.compile("\\b[Ss]tep (\\d[A-Za-z0-9.-]*)(?! of (?:the|that|another)\\b)(?![A-Za-z0-9.-])");

        UnknownStep() {
            super(About.warning("unknown-step", "A text names a step that the runbook does not have.")
                    .reaching(About.Reach.NAMES)
                    .because("Advice is read when something has failed. Whoever looks for that step then does not find"
                            + " it.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Clear the active list
                            confirm: Users are without chat until step 7.2 is done. Begin?
                          - step: 7
                            title: Set the pool back to normal
                            confirm: Is it?
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Clear the active list
                            confirm: Users are without chat until step 7 is done. Begin?
                          - step: 7
                            title: Set the pool back to normal
                            confirm: Is it?
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return texts(runbook)
                    .flatMap(text -> STEP.matcher(text.raw())
                            .results()
                            .flatMap(found -> finding(runbook, text, found.start(1), found.group(1))))
                    .toList();
        }

        private Stream<Diagnostic> finding(Runbook runbook, Text text, int start, String written) {
            String id = written.replaceFirst("[.-]+$", "");
            List<String> known =
                    runbook.steps().stream().map(step -> step.id().text()).toList();
            return known.contains(id)
                    ? Stream.empty()
                    : Stream.of(finding(
                            about().severity(),
                            text.origin(),
                            text.origin().span(start, start + id.length()),
                            "There is no step " + id + "." + Suggestion.didYouMean(id, known)));
        }

        /** What people read. */
        private static Stream<Text> texts(Runbook runbook) {
            Stream<Text> steps = runbook.steps().stream()
                    .flatMap(step -> Stream.of(
                                    step.description().stream(),
                                    step.confirm().stream().map(confirm -> confirm.message()),
                                    step.advice().byError().values().stream(),
                                    step.advice().otherwise().stream(),
                                    step.rollback().stream().flatMap(Texts::of))
                            .flatMap(texts -> texts));
            return Stream.of(
                            runbook.description().stream(),
                            steps,
                            runbook.facts().values().stream().flatMap(UnknownStep::texts))
                    .flatMap(texts -> texts);
        }

        private static Stream<Text> texts(Fact fact) {
            return Stream.of(
                            fact.description().stream(),
                            fact.advice().byError().values().stream(),
                            fact.advice().otherwise().stream())
                    .flatMap(texts -> texts);
        }
    }

    /** A condition that names something which can be neither true nor false. */
    static final class UnknownCondition extends Rule {
        UnknownCondition() {
            super(About.error("unknown-condition", "A condition names something that can be neither true nor false.")
                    .reaching(About.Reach.NAMES)
                    .always()
                    .because("when, require and done-when ask facts, boolean variables and optional variables. A"
                            + " misspelt name would stop the run.")
                    .bad("""
                        steps:
                          - step: 1
                            title: See that mgc is online
                            when: mgc is online
                            require: mgc is on-line
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: See that mgc is online
                            require: mgc is online
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.clauses(runbook)
                    .map(clause -> clause.name())
                    .filter(name -> !name.text().isEmpty())
                    .flatMap(name -> problem(name, runbook).map(message -> finding(name.origin(), message)).stream())
                    .toList();
        }

        private static Optional<String> problem(Name name, Runbook runbook) {
            if (runbook.facts().containsKey(name.text())) {
                return Optional.empty();
            }
            Variable variable = runbook.variables().get(name.text());
            if (variable == null) {
                List<String> known = new ArrayList<>(runbook.facts().keySet());
                known.addAll(runbook.variables().keySet());
                return Optional.of("There is no fact \"" + name + "\"." + Suggestion.didYouMean(name.text(), known));
            }
            boolean truth = variable.type() == Variable.Type.BOOLEAN || variable.optional();
            return truth
                    ? Optional.empty()
                    : Optional.of("The variable \"" + name + "\" is of type "
                            + variable.type().word()
                            + " and not optional, so it can be neither true nor false. Name a fact, a boolean"
                            + " variable or an optional one.");
        }
    }

    /** A remembered name behind which is no fact, or that is taken already. */
    static final class UnknownRemembered extends Rule {
        UnknownRemembered() {
            super(About.error("remember", "A remembered name has no fact behind it, or is taken already.")
                    .reaching(About.Reach.NAMES)
                    .always()
                    .because("What is remembered is fixed for the rest of the run. A name that could mean two things"
                            + " would mean the wrong one.")
                    .bad("""
                        steps:
                          - step: 1
                            title: Note the state
                            require: mgc is online
                            remember: {state: mgc was online}
                        facts:
                          mgc is online:
                            server: backup_sql
                            sql: SELECT state_desc FROM sys.databases WHERE name = N'mgc'
                            expect: {state_desc: ONLINE}
                        """)
                    .good("""
                        steps:
                          - step: 1
                            title: Note the state
                            remember: {state: mgc is online}
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
            Map<String, Step> taken = new HashMap<>();
            for (Step step : runbook.steps()) {
                step.remember().forEach((name, fact) -> {
                    if (!fact.text().isEmpty() && !runbook.facts().containsKey(fact.text())) {
                        findings.add(error(
                                fact,
                                "There is no fact \"" + fact + "\"."
                                        + Suggestion.didYouMean(
                                                fact.text(), runbook.facts().keySet())));
                    }
                    if (runbook.variables().containsKey(name)) {
                        findings.add(error(
                                fact, "\"" + name + "\" is a variable. Choose another name to remember the rows by."));
                    }
                    Step first = taken.putIfAbsent(name, step);
                    if (first != null) {
                        findings.add(error(
                                fact,
                                "Step " + first.id() + " remembers something as \"" + name
                                        + "\" already. Choose another name."));
                    }
                });
            }
            return findings;
        }

        private Diagnostic error(Name fact, String message) {
            return finding(fact.origin(), message);
        }
    }

    /** {@code for-each} with something that has no rows, or with a fact that in the end asks for itself. */
    static final class ForEach extends Rule {
        ForEach() {
            super(About.error(
                            "for-each",
                            "for-each names something that has no rows, or a fact that in the end asks for itself.")
                    .reaching(About.Reach.NAMES)
                    .always()
                    .because("An action or a question is done once for each row of a fact, or for each item of a list"
                            + " variable.")
                    .bad("""
                    facts:
                      settings of the servers:
                        for-each: pool_fqdn
                        cmdlet: Get-CsManagementStoreReplicationStatus
                        parameters: {ReplicaFqdn: '{{each}}'}
                    """)
                    .good("""
                    facts:
                      settings of the servers:
                        for-each: chat_servers
                        cmdlet: Get-CsManagementStoreReplicationStatus
                        parameters: {ReplicaFqdn: '{{each}}'}
                    """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            Stream<Name> ofFacts = runbook.facts().values().stream().flatMap(fact -> fact.forEach().stream());
            Stream<Name> ofTasks = Tasks.of(runbook).flatMap(task -> task.forEach().stream());
            Stream<Diagnostic> names = Stream.concat(ofFacts, ofTasks)
                    .filter(name -> !name.text().isEmpty())
                    .flatMap(name -> problem(name, runbook).map(message -> finding(name.origin(), message)).stream());
            return Stream.concat(names, Tasks.of(runbook).flatMap(task -> idle(task).stream()))
                    .toList();
        }

        /** A copy that is the same for every row is made once, and then there is nothing to copy any more. */
        private Optional<Diagnostic> idle(Task task) {
            boolean named = task.action().filter(Task.Action.CopyFiles.class::isInstance).stream()
                    .flatMap(Texts::of)
                    .flatMap(text -> Tag.in(text).stream())
                    .anyMatch(tag -> tag.head().equals(Scope.EACH));
            return task.forEach()
                    .filter(name -> !named
                            && task.action()
                                    .filter(Task.Action.CopyFiles.class::isInstance)
                                    .isPresent())
                    .map(name -> finding(
                            name.origin(),
                            "copy-files is the same for each of \"" + name
                                    + "\". Use {{each}} in from, to or include, or delete" + " for-each."));
        }

        private static Optional<String> problem(Name name, Runbook runbook) {
            Fact fact = runbook.facts().get(name.text());
            if (fact != null) {
                return isCircle(fact, runbook)
                        ? Optional.of(
                                "\"" + name + "\" is in the end asked for each of its own rows. Break the circle.")
                        : Optional.empty();
            }
            Variable variable = runbook.variables().get(name.text());
            if (variable != null) {
                return variable.type() == Variable.Type.LIST
                        ? Optional.empty()
                        : Optional.of("\"" + name + "\" is of type "
                                + variable.type().word() + ". Here stands a fact or a list variable.");
            }
            List<String> known = new ArrayList<>(runbook.facts().keySet());
            runbook.variables().values().stream()
                    .filter(each -> each.type() == Variable.Type.LIST)
                    .forEach(each -> known.add(each.name().text()));
            return Optional.of("There is no fact and no list variable \"" + name + "\"."
                    + Suggestion.didYouMean(name.text(), known));
        }

        private static boolean isCircle(Fact start, Runbook runbook) {
            Set<String> visited = new HashSet<>();
            Optional<Fact> fact = Optional.of(start);
            while (fact.isPresent()) {
                if (!visited.add(fact.get().name().text())) {
                    return true;
                }
                fact = fact.get().forEach().map(next -> runbook.facts().get(next.text()));
            }
            return false;
        }
    }
}
