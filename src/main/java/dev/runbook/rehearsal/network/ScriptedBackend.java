package dev.runbook.rehearsal.network;

import dev.runbook.rehearsal.tds.Backend;
import dev.runbook.rehearsal.tds.Reply;
import dev.runbook.rehearsal.tds.Session;
import java.util.List;
import java.util.Optional;

/** A server with answers from the scene: what the scene answers never reaches the server behind it. */
final class ScriptedBackend implements Backend {
    private final Backend behind;
    private final List<ScriptedAnswer> answers;

    ScriptedBackend(Backend behind, List<ScriptedAnswer> answers) {
        this.behind = behind;
        this.answers = answers;
    }

    @Override
    public Admission admit(Login login) {
        Admission admission = behind.admit(login);
        return admission instanceof Admission.Granted granted
                ? new Admission.Granted(new Scripted(granted.session()))
                : admission;
    }

    private final class Scripted implements Session {
        private final Session session;

        private Scripted(Session session) {
            this.session = session;
        }

        @Override
        public void run(String sql, List<Parameter> parameters, Reply reply) {
            Optional<ScriptedAnswer> answer =
                    answers.stream().filter(one -> one.fits(sql)).findFirst();
            if (answer.isPresent()) {
                answer.get().say(reply);
            } else {
                session.run(sql, parameters, reply);
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
