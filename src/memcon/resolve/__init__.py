"""Claims → judgements: which people, visits, meetings, agreements and texts of several reports are one and the same.

Everything here is a pure function of claims (and of what persons judged): no store, no clock, no order.
"""
