/** Publishes drills to Allure. The only package that knows Allure. */
package dev.drillbook.report.allure;
