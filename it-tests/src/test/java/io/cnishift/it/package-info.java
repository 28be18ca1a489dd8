/** Tests that cross modules, and the rules of the house. */
@NullMarked
package io.cnishift.it;

import org.jspecify.annotations.NullMarked;
