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
import dev.runbook.event.Trouble;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Text;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the rows of a fact's source for one thing, keeps those that match {@code where}, and adds the columns of that thing. */
final class SourceReader {
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
            return new Reading.Unknown(
                    Troubles.of(failed.failure(), sql.origin(), complete.value().position(line)));
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
        Map<String, Value> parameters =
                complete.value().map(value -> ((Value.Fields) value).values()).orElse(Map.of());
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
            Answer answer =
                    bounded(time, limits -> endpoints.sqlServer(server.target()).reach(limits));
            return answer instanceof Answer.Failed failed
                            && failed.failure().code().equals(SqlServer.UNREACHABLE)
                    ? new Reading.NoAnswer(failed.failure().message())
                    : reading(answer, target);
        }
        return bound instanceof ResolvedValue.Plain path
                ? reading(
                        bounded(
                                time,
                                limits -> endpoints.files().reach(path.value().text(), limits)),
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
