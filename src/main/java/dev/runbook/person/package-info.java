/** Who sits before the screen of a run: answers questions, types secrets unseen, and makes notes in which no secret stays. */
package dev.runbook.person;
