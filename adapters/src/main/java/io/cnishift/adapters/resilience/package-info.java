/**
 * One request to an API, and what happens when it fails. {@link io.cnishift.adapters.resilience.ResilientCalls} is the
 * only place of cnishift that repeats a request; watches, which are no requests to be answered, come back by themselves.
 */
@NullMarked
package io.cnishift.adapters.resilience;

import org.jspecify.annotations.NullMarked;
