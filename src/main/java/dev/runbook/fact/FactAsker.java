package dev.runbook.fact;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.event.Finding;
import dev.runbook.event.Trouble;
import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.plan.Binder;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks facts, each time afresh. Changes nothing. */
public final class FactAsker {
    private final Runbook runbook;
    private final Site site;
    private final Scope scope;
    private final SourceReader sources;
    private final UsedColumns used;

    /**
     * An asker of the facts of a runbook.
     *
     * @param scope what tags in facts may name: the variables and the run
     * @param cancellation a request that comes while a fact is asked ends the question
     */
    public FactAsker(Runbook runbook, Site site, Scope scope, Endpoints endpoints, Cancellation cancellation) {
        this.runbook = runbook;
        this.site = site;
        this.scope = scope;
        this.used = UsedColumns.of(runbook);
        this.sources = new SourceReader(site, endpoints, used, cancellation);
    }

    /** Asks a fact once. */
    public Finding ask(String name) {
        Fact fact = runbook.facts().get(name);
        Items items = fact.forEach().map(this::items).orElseGet(() -> new Items.These(List.of(new Each.Once())));
        if (items instanceof Items.Unknown unknown) {
            return decided(Finding.cannotBeAsked(unknown.trouble()), unknown.decidedBy());
        }
        Items.These these = (Items.These) items;
        return decided(ask(fact, these.all()), these.decidedBy()).unlessDecided(name);
    }

    private static Finding decided(Finding finding, Optional<String> by) {
        return by.map(finding::unlessDecided).orElse(finding);
    }

    /** A finding as it is worth keeping: its first rows, and of the fifty columns of a backup header those that are looked at. */
    public Finding worthKeeping(Finding finding) {
        return finding.shortened().narrowed(used::has);
    }

    /** A finding as it is worth reading: of each row first the columns that somebody looks at. */
    public Finding worthReading(Finding finding) {
        return finding.shortened().led(used::has);
    }

    /** What a {@code for-each} goes over: the rows of a fact, or the items of a list variable. */
    public Items items(Name name) {
        Fact fact = runbook.facts().get(name.text());
        if (fact != null) {
            Finding finding = ask(name.text());
            // a fact whose rows are not as expected has rows all the same, and these are gone over
            return finding.trouble()
                    .<Items>map(trouble -> new Items.Unknown(trouble, finding.decidedBy()))
                    .orElseGet(() -> new Items.These(
                            finding.rows().stream().<Each>map(Each.OfRow::new).toList(),
                            finding.rows().isEmpty() ? finding.decidedBy() : Optional.empty()));
        }
        ResolvedValue bound = site.find(name.text()).orElseGet(ResolvedValue.Absent::new);
        if (bound instanceof ResolvedValue.Plain plain && plain.value() instanceof Value.Items list) {
            return new Items.These(list.values().stream()
                    .<Each>map(item -> new Each.OfItem(item, plain.path()))
                    .toList());
        }
        return new Items.These(List.of());
    }

    private Finding ask(Fact fact, List<Each> items) {
        if (items.isEmpty()) {
            return Finding.notTrue(List.of(), List.of());
        }
        List<FoundRow> found = new ArrayList<>();
        List<Finding.Mismatch> missing = new ArrayList<>();
        for (Each each : items) {
            SourceReader.Reading reading = sources.read(fact, each, each.in(scope));
            if (reading instanceof SourceReader.Reading.Unknown unknown) {
                return Finding.cannotBeAsked(unknown.trouble());
            }
            if (reading instanceof SourceReader.Reading.NoAnswer none) {
                return Finding.notTrue(
                        List.of(), List.of(new Finding.Mismatch("answer", firstSentence(none.why()), "one")));
            }
            List<Row> rows = ((SourceReader.Reading.Rows) reading).rows();
            if (rows.isEmpty() && each instanceof Each.OfItem item) {
                missing.add(new Finding.Mismatch(item.item().text(), "nothing", "a row"));
            }
            rows.forEach(row -> found.add(new FoundRow(row, each)));
        }
        return judge(fact, found, missing);
    }

    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    private Finding judge(Fact fact, List<FoundRow> found, List<Finding.Mismatch> missing) {
        List<FoundRow> ordered = RowOrder.of(fact).sort(found);
        List<Row> rows = ordered.stream().map(FoundRow::row).toList();
        Judgement judgement = Judgement.of(fact, ordered, scope);
        if (judgement instanceof Judgement.Unknown unknown) {
            return Finding.cannotBeAsked(unknown.trouble());
        }
        List<Finding.Mismatch> mismatches = new ArrayList<>(missing);
        mismatches.addAll(((Judgement.Compared) judgement).mismatches());
        boolean holds = !rows.isEmpty() && mismatches.isEmpty();
        return holds ? Finding.found(rows) : Finding.notTrue(rows, mismatches);
    }

    /** What a {@code for-each} goes over. */
    public sealed interface Items {
        /**
         * These, perhaps none.
         *
         * @param decidedBy the fact that has no rows, where there are none
         */
        record These(List<Each> all, Optional<String> decidedBy) implements Items {
            /** Copies the list. */
            public These {
                all = List.copyOf(all);
            }

            /** These, of no fact. */
            public These(List<Each> all) {
                this(all, Optional.empty());
            }
        }

        /**
         * Nobody knows.
         *
         * @param decidedBy the fact that cannot be asked
         */
        record Unknown(Trouble trouble, Optional<String> decidedBy) implements Items {}
    }

    /** Orders the rows of a fact by its columns: numbers by value, a column with texts in it as texts without regard to case, nulls first. */
    private static final class RowOrder {
        private final List<Name> columns;

        private RowOrder(List<Name> columns) {
            this.columns = columns;
        }

        static RowOrder of(Fact fact) {
            return new RowOrder(fact.orderBy());
        }

        /** The rows in order; rows that are alike stay in the order of the source. */
        List<FoundRow> sort(List<FoundRow> rows) {
            Comparator<FoundRow> order = (a, b) -> 0;
            for (Name column : columns) {
                order = order.thenComparing(found -> value(found.row(), column), order(rows, column));
            }
            return rows.stream().sorted(order).toList();
        }

        private static Value value(Row row, Name column) {
            return row.get(column.text()).orElse(Value.NOTHING);
        }

        /** One order for a whole column: one text among numbers makes all of them texts, or a beside b would depend on c. */
        private static Comparator<Value> order(List<FoundRow> rows, Name column) {
            boolean numbers = rows.stream()
                    .map(found -> value(found.row(), column))
                    .allMatch(value -> value instanceof Value.Nothing
                            || Criterion.Comparison.number(value).isPresent());
            Comparator<Value> filled = numbers
                    ? Comparator.comparing(
                            value -> Criterion.Comparison.number(value).orElseThrow())
                    : Comparator.comparing(Value::text, String.CASE_INSENSITIVE_ORDER);
            return (a, b) -> a instanceof Value.Nothing || b instanceof Value.Nothing
                    ? Boolean.compare(!(a instanceof Value.Nothing), !(b instanceof Value.Nothing))
                    : filled.compare(a, b);
        }
    }

    /**
     * A row, and for what it was asked.
     *
     * @param row with the columns of {@code each} after its own
     * @param each for what it was asked
     */
    record FoundRow(Row row, Each each) {}

    /**
     * The properties that a runbook looks at. Of a cmdlet's objects no others are read: some cost seconds.
     *
     * @param inTags columns that any tag of the runbook names
     * @param inFacts columns that any fact matches or orders by
     */
    record UsedColumns(Set<String> inTags, Set<String> inFacts) {
        static UsedColumns of(Runbook runbook) {
            Set<String> inFacts = new LinkedHashSet<>();
            runbook.facts().values().forEach(fact -> inFacts.addAll(named(fact)));
            return new UsedColumns(Binder.TagColumns.of(runbook), inFacts);
        }

        /** Whether anybody looks at the column, in whatever fact. */
        boolean has(String column) {
            return inTags.stream().anyMatch(column::equalsIgnoreCase)
                    || inFacts.stream().anyMatch(column::equalsIgnoreCase);
        }

        /** The properties to read of the objects of a fact. */
        List<String> of(Fact fact) {
            Set<String> used = named(fact);
            used.addAll(inTags);
            return List.copyOf(used);
        }

        private static Set<String> named(Fact fact) {
            Set<String> used = new LinkedHashSet<>();
            names(fact.where(), used);
            names(fact.expect(), used);
            fact.orderBy().stream().map(Name::text).forEach(used::add);
            return used;
        }

        private static void names(Expectation expectation, Set<String> used) {
            expectation.columns().forEach(column -> used.add(column.name().text()));
        }
    }

    /** Reads the rows of a fact's source for one thing, keeps those that match {@code where}, and adds the columns of that thing. */
    private static final class SourceReader {
        private static final Duration QUERY_TIME = Duration.ofSeconds(60);
        private static final Duration CMDLET_TIME = Duration.ofMinutes(5);
        /** What RESTORE VERIFYONLY says of a bad backup: damaged, malformed, cut short (domain: errors 3182 to 3189, 3203 to 3242). */
        private static final Set<String> BAD_BACKUP =
                Set.of("3182", "3183", "3186", "3189", "3203", "3208", "3241", "3242");

        private final Site site;
        private final Endpoints endpoints;
        private final FactAsker.UsedColumns used;
        private final Cancellation cancellation;

        SourceReader(Site site, Endpoints endpoints, FactAsker.UsedColumns used, Cancellation cancellation) {
            this.site = site;
            this.endpoints = endpoints;
            this.used = used;
            this.cancellation = cancellation;
        }

        /** The rows; none where the source depends on something that this site does not have. */
        Reading read(Fact fact, Each each, Scope scope) {
            Reading all = source(fact, scope);
            return all instanceof Reading.Rows rows ? keep(fact, each, scope, rows.rows()) : all;
        }

        private Reading source(Fact fact, Scope scope) {
            Fact.Source source = fact.source();
            if (source instanceof Fact.Source.Query query) {
                return site.find(query.server().text()).orElseThrow() instanceof ResolvedValue.Server server
                        ? query(server.target(), query.sql(), scope)
                        : new Reading.Rows(List.of());
            }
            if (source instanceof Fact.Source.Cmdlet cmdlet) {
                return cmdlet(fact, cmdlet, scope);
            }
            if (source instanceof Fact.Source.Files files) {
                Filled<String> pattern = Fill.path(files.pattern(), scope);
                return pattern instanceof Filled.Complete<String> complete
                        ? reading(files(complete.value()), files.pattern())
                        : new Reading.Unknown(Troubles.of(pattern.problems()));
            }
            return reach(((Fact.Source.Reachable) source).target());
        }

        private Reading query(SqlTarget server, Text sql, Scope scope) {
            Filled<Fill.FilledSql> filled = Fill.sql(sql, scope);
            if (!(filled instanceof Filled.Complete<Fill.FilledSql> complete)) {
                return new Reading.Unknown(Troubles.of(filled.problems()));
            }
            String text = complete.value().text();
            boolean restore = startsWith(text, "RESTORE");
            Answer answer = bounded(
                    restore ? Optional.empty() : Optional.of(QUERY_TIME),
                    limits -> endpoints.sqlServer(server).query(text, limits));
            if (startsWith(text, "RESTORE VERIFYONLY")) {
                answer = verified(answer);
            }
            if (answer instanceof Answer.Failed failed) {
                int line = failed.failure().line().orElse(1);
                return new Reading.Unknown(Troubles.of(
                        failed.failure(), sql.origin(), complete.value().position(line)));
            }
            return new Reading.Rows(((Answer.Rows) answer).rows());
        }

        private static boolean startsWith(String sql, String words) {
            return sql.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT).startsWith(words);
        }

        /** It answers nothing: that it succeeds is the row, and that the backup is bad is none. */
        private static Answer verified(Answer answer) {
            if (answer instanceof Answer.Failed failed) {
                return BAD_BACKUP.contains(failed.failure().code()) ? Answer.nothing() : answer;
            }
            return Answer.of(List.of(Row.of("verified", Value.of(true))));
        }

        private Reading cmdlet(Fact fact, Fact.Source.Cmdlet cmdlet, Scope scope) {
            Optional<ResolvedValue.Shell> shell = shell(cmdlet.shell());
            if (shell.isEmpty()) {
                return new Reading.Rows(List.of());
            }
            Filled<Optional<Value>> filled = Fill.value(cmdlet.parameters(), scope);
            if (!(filled instanceof Filled.Complete<Optional<Value>> complete)) {
                return new Reading.Unknown(Troubles.of(filled.problems()));
            }
            Map<String, Value> parameters = complete.value()
                    .map(value -> ((Value.Fields) value).values())
                    .orElse(Map.of());
            Answer answer = bounded(
                    Optional.of(CMDLET_TIME),
                    limits -> endpoints
                            .shell(shell.get().target())
                            .invoke(cmdlet.cmdlet().text(), parameters, used.of(fact), limits));
            return reading(answer, cmdlet.cmdlet());
        }

        private Answer files(String pattern) {
            return bounded(Optional.of(QUERY_TIME), limits -> endpoints.files().list(pattern, limits));
        }

        /** A question that ends in time, or when somebody no longer wants to know. */
        private Answer bounded(Optional<Duration> time, Function<Limits, Answer> question) {
            return cancellation.during(own -> question.apply(new Limits(time, own, Progress.NONE)));
        }

        private Optional<ResolvedValue.Shell> shell(Optional<Name> named) {
            return site.shell(named.map(Name::text))
                    .flatMap(site::find)
                    .filter(ResolvedValue.Shell.class::isInstance)
                    .map(ResolvedValue.Shell.class::cast);
        }

        private Reading reach(Name target) {
            Optional<Duration> time = Optional.of(QUERY_TIME);
            ResolvedValue bound = site.find(target.text()).orElseThrow();
            if (bound instanceof ResolvedValue.Server server) {
                Answer answer = bounded(
                        time, limits -> endpoints.sqlServer(server.target()).reach(limits));
                return answer instanceof Answer.Failed failed
                                && failed.failure().code().equals(SqlServer.UNREACHABLE)
                        ? new Reading.NoAnswer(failed.failure().message())
                        : reading(answer, target);
            }
            return bound instanceof ResolvedValue.Plain path
                    ? reading(
                            bounded(
                                    time,
                                    limits ->
                                            endpoints.files().reach(path.value().text(), limits)),
                            target)
                    : new Reading.Rows(List.of());
        }

        private static Reading reading(Answer answer, Name cause) {
            return reading(answer, new Text(cause.text(), cause.origin()));
        }

        private static Reading reading(Answer answer, Text cause) {
            if (answer instanceof Answer.Failed failed) {
                Failure failure = failed.failure();
                return new Reading.Unknown(
                        Troubles.of(failure, cause.origin(), cause.origin().position()));
            }
            return new Reading.Rows(((Answer.Rows) answer).rows());
        }

        private Reading keep(Fact fact, Each each, Scope scope, List<Row> rows) {
            List<Row> kept = new ArrayList<>();
            for (Row row : rows) {
                Judgement judgement = Judgement.judge(fact, fact.where(), row, scope);
                if (judgement instanceof Judgement.Unknown unknown) {
                    return new Reading.Unknown(unknown.trouble());
                }
                if (((Judgement.Compared) judgement).mismatches().isEmpty()) {
                    kept.add(row);
                }
            }
            return new Reading.Rows(
                    kept.stream().map(row -> row.with(each.columns())).toList());
        }

        /** What a source said. */
        sealed interface Reading {
            /** These rows, perhaps none. */
            record Rows(List<Row> rows) implements Reading {
                /** Copies the list. */
                public Rows {
                    rows = List.copyOf(rows);
                }
            }

            /** Whether something answers was asked, and nothing does. */
            record NoAnswer(String why) implements Reading {}

            /** It could not be asked. */
            record Unknown(Trouble trouble) implements Reading {}
        }
    }

    /** Something for which a question is asked or an action is run. */
    public sealed interface Each {
        /** Nothing in particular: once. */
        record Once() implements Each {
            @Override
            public Scope in(Scope scope) {
                return scope;
            }

            @Override
            public Row columns() {
                return Row.EMPTY;
            }
        }

        /** A row of a fact: {@code {{each.column}}}. */
        record OfRow(Row row) implements Each {
            @Override
            public Scope in(Scope scope) {
                return scope.withEach(row);
            }

            @Override
            public Row columns() {
                return row;
            }
        }

        /** An item of a list variable: {@code {{each}}}. */
        record OfItem(Value item, boolean path) implements Each {
            @Override
            public Scope in(Scope scope) {
                return scope.withEach(item, path);
            }

            @Override
            public Row columns() {
                return Row.EMPTY;
            }
        }

        /** The scope in which {@code each} names it. */
        Scope in(Scope scope);

        /** A mismatch that says for which item of a list it is; a row of a fact carries its own columns. */
        default Finding.Mismatch named(Finding.Mismatch mismatch) {
            return this instanceof OfItem item
                    ? new Finding.Mismatch(
                            item.item().text() + ": " + mismatch.column(), mismatch.found(), mismatch.wanted())
                    : mismatch;
        }

        /** The columns that it carries into the answers. */
        Row columns();
    }

    /** Whether rows are as expected. Pure. */
    sealed interface Judgement {
        /** They were compared; no mismatch means that they are. */
        record Compared(List<Finding.Mismatch> mismatches) implements Judgement {
            /** Copies the list. */
            public Compared {
                mismatches = List.copyOf(mismatches);
            }
        }

        /** They cannot be compared: a missing column, a value of another kind, an expectation that cannot be filled in. */
        record Unknown(Trouble trouble) implements Judgement {}

        /** Judges the rows of a fact by what it expects. */
        static Judgement of(Fact fact, List<FactAsker.FoundRow> rows, Scope scope) {
            List<Finding.Mismatch> mismatches = new ArrayList<>();
            for (FactAsker.FoundRow row : rows) {
                Judgement judgement =
                        judge(fact, fact.expect(), row.row(), row.each().in(scope));
                if (judgement instanceof Unknown) {
                    return judgement;
                }
                ((Compared) judgement)
                        .mismatches()
                        .forEach(one -> mismatches.add(row.each().named(one)));
            }
            return new Compared(mismatches.stream().distinct().toList());
        }

        /** Judges one row. */
        static Judgement judge(Fact fact, Expectation expectation, Row row, Scope scope) {
            List<Filled.Problem> problems = new ArrayList<>();
            Map<String, Criterion> criteria = new LinkedHashMap<>();
            for (Expectation.Column column : expectation.columns()) {
                Filled<Criterion> criterion = Criterion.of(column.matcher(), scope);
                problems.addAll(criterion.problems());
                if (criterion instanceof Filled.Complete<Criterion> complete) {
                    criteria.put(column.name().text(), complete.value());
                }
            }
            if (!problems.isEmpty()) {
                return new Unknown(Troubles.of(problems));
            }
            List<Finding.Mismatch> mismatches = new ArrayList<>();
            for (Map.Entry<String, Criterion> column : criteria.entrySet()) {
                Optional<Value> found = row.get(column.getKey());
                Criterion.Match match = found.map(column.getValue()::match).orElse(Criterion.Match.INCOMPARABLE);
                if (match == Criterion.Match.INCOMPARABLE) {
                    return new Unknown(incomparable(fact, column.getKey(), column.getValue(), found));
                }
                if (match == Criterion.Match.NO) {
                    mismatches.add(new Finding.Mismatch(
                            column.getKey(),
                            Criterion.show(found.orElseThrow()),
                            column.getValue().text()));
                }
            }
            return new Compared(mismatches);
        }

        private static Trouble incomparable(Fact fact, String column, Criterion wanted, Optional<Value> found) {
            String message = found.map(value -> "The column " + column + " holds " + Criterion.show(value)
                            + ", which cannot be compared with " + wanted.text() + ".")
                    .orElse("The answer has no column " + column + ".");
            return Troubles.of(
                    found.isPresent() ? "incomparable" : "missing-column",
                    "Fact \"" + fact.name() + "\": " + message,
                    fact.name().origin());
        }
    }
}
