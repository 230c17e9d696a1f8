"""The demonstration: a seeded story of March 2016 to 23 November 2017.

``plan`` invents stock, vacancies, households and placements as plain values, without a database;
``load`` writes a plan through the services of the apps. The totals are fixed in ``anchors``.
"""
