/** Tests of the whole system: the layers, and scripts that go all the way to a kernel. */
@NullMarked
package dev.tapwright.tests;

import org.jspecify.annotations.NullMarked;
