/** Does: hands an operation to the endpoint that it is for, and knows when copied files are there and how to take them back. */
package dev.runbook.action;
